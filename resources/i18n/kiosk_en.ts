<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="vi_VN">
  <context>
    <name>Choices</name>
    <message>
      <source>Xem thêm</source>
      <translation>See more</translation>
    </message>
  </context>
  <context>
    <name>CitizenPage</name>
    <message>
      <source>Xin chào %1</source>
      <translation>Hello %1</translation>
    </message>
    <message>
      <source>Ông bà muốn làm gì?</source>
      <translation>What would you like to do?</translation>
    </message>
    <message>
      <source>Lấy số</source>
      <translation>Take a number</translation>
    </message>
    <message>
      <source>Xem hồ sơ của tôi</source>
      <translation>See my dossiers</translation>
    </message>
    <message>
      <source>Đánh giá phục vụ</source>
      <translation>Rate our service</translation>
    </message>
  </context>
  <context>
    <name>NoticePage</name>
    <message>
      <source>Trang trước</source>
      <translation>Back</translation>
    </message>
    <message>
      <source>Xem tiếp</source>
      <translation>Go on</translation>
    </message>
    <message>
      <source>Dữ liệu của tôi</source>
      <translation>My data</translation>
    </message>
  </context>
  <context>
    <name>DigitPad</name>
    <message>
      <source>Xóa</source>
      <translation>Erase</translation>
    </message>
  </context>
  <context>
    <name>DigitsPage</name>
    <message>
      <source>Sáu số cuối trên thẻ căn cước</source>
      <translation>The last six digits on your card</translation>
    </message>
    <message>
      <source>Gõ sáu số được tô vàng trong hình.</source>
      <translation>Touch the six digits marked yellow in the picture.</translation>
    </message>
  </context>
  <context>
    <name>DossiersPage</name>
    <message>
      <source>Hồ sơ của ông bà</source>
      <translation>Your dossiers</translation>
    </message>
    <message>
      <source>Cổng dịch vụ công chưa có hồ sơ nào của ông bà</source>
      <translation>The public service portal has no dossier of yours yet</translation>
    </message>
    <message>
      <source>Chạm vào một hồ sơ để lấy số hoặc đánh giá.</source>
      <translation>Touch a dossier to take a number for it or to rate it.</translation>
    </message>
    <message>
      <source>Lấy số</source>
      <translation>Take a number</translation>
    </message>
  </context>
  <context>
    <name>HomePage</name>
    <message>
      <source>Có thẻ căn cước, giấy hẹn hay mã hẹn: đưa mã vào máy quét.</source>
      <translation>With a card, a receipt or a booking: hold its code to the scanner.</translation>
    </message>
    <message>
      <source>Máy đang không in được. Số sẽ hiện trên màn hình.</source>
      <translation>The printer does not work now. Your number will be shown on the screen.</translation>
    </message>
    <message>
      <source>Lấy số, không cần thẻ</source>
      <translation>Take a number, no card needed</translation>
    </message>
    <message>
      <source>Gọi người giúp</source>
      <translation>Call for help</translation>
    </message>
    <message>
      <source>Dùng thẻ căn cước</source>
      <translation>Use my card</translation>
    </message>
    <message>
      <source>Đánh giá phục vụ</source>
      <translation>Rate our service</translation>
    </message>
  </context>
  <context>
    <name>KioskPage</name>
    <message>
      <source>Về đầu</source>
      <translation>Start again</translation>
    </message>
    <message>
      <source>Giúp tôi</source>
      <translation>Help</translation>
    </message>
    <message>
      <source>Nghe</source>
      <translation>Listen</translation>
    </message>
    <message>
      <source>Chữ nhỏ</source>
      <translation>Smaller</translation>
    </message>
    <message>
      <source>Chữ to</source>
      <translation>Larger</translation>
    </message>
  </context>
  <context>
    <name>KioskWindow</name>
    <message>
      <source>Quầy đã biết ông bà quay lại</source>
      <translation>The counter knows that you are back</translation>
    </message>
    <message>
      <source>Xin ngồi gần quầy, ông bà được gọi trước, không phải xếp hàng lại.</source>
      <translation>Please sit near the counter. You are called first and need not queue again.</translation>
    </message>
    <message>
      <source>Chưa báo được tới các quầy</source>
      <translation>The counters could not be told</translation>
    </message>
    <message>
      <source>Xin ông bà đến quầy gần nhất, cán bộ sẽ giúp.</source>
      <translation>Please go to the nearest counter; an officer will help you.</translation>
    </message>
    <message>
      <source>Máy lấy số</source>
      <translation>Ticket machine</translation>
    </message>
    <message>
      <source>Thử lại</source>
      <translation>Try again</translation>
    </message>
    <message>
      <source>Số vừa cấp: %1</source>
      <translation>Number given: %1</translation>
    </message>
    <message>
      <source> (chưa in được, hãy ghi số ra giấy)</source>
      <translation> (not printed, please write it down)</translation>
    </message>
    <message>
      <source>Máy chưa xác nhận được thẻ là thật</source>
      <translation>This card could not be proved genuine</translation>
    </message>
    <message>
      <source>Nên hồ sơ chưa mở ở đây. Xin quét mã trên giấy hẹn, hoặc hỏi cán bộ.</source>
      <translation>So no dossier is opened here. Scan the code on your receipt, or ask an officer.</translation>
    </message>
    <message>
      <source>Chưa hỏi được cổng dịch vụ công</source>
      <translation>The public service portal does not answer</translation>
    </message>
    <message>
      <source>Mạng đang gián đoạn. Xin lấy số để cán bộ xem giúp.</source>
      <translation>The network is down. Take a number and an officer will look for you.</translation>
    </message>
    <message>
      <source>Đưa mã trên giấy hẹn hoặc phiếu số vào máy quét</source>
      <translation>Hold the code on your receipt or ticket to the scanner</translation>
    </message>
    <message>
      <source>Rồi chạm một mức để đánh giá.</source>
      <translation>Then touch one answer.</translation>
    </message>
    <message>
      <source>Cảm ơn ông bà</source>
      <translation>Thank you</translation>
    </message>
    <message>
      <source>Ý kiến của ông bà đã được ghi.</source>
      <translation>Your answer was noted.</translation>
    </message>
    <message>
      <source>Đã gọi người giúp</source>
      <translation>Help is on its way</translation>
    </message>
    <message>
      <source>Xin chờ ở đây, cán bộ đang đến.</source>
      <translation>Please wait here; an officer is coming.</translation>
    </message>
    <message>
      <source>Lấy số, không cần thẻ</source>
      <translation>Take a number, no card needed</translation>
    </message>
    <message>
      <source>Xong</source>
      <translation>Done</translation>
    </message>
    <message>
      <source>Máy chưa xác nhận được thẻ này</source>
      <translation>This card could not be confirmed</translation>
    </message>
    <message>
      <source>Xin gặp cán bộ. Ông bà vẫn lấy được số.</source>
      <translation>Please see an officer. You can still take a number.</translation>
    </message>
    <message>
      <source>Gọi người giúp</source>
      <translation>Call for help</translation>
    </message>
  </context>
  <context>
    <name>LayPage</name>
    <message>
      <source>Đặt thẻ lên đầu đọc và giữ yên</source>
      <translation>Lay your card on the reader and keep it still</translation>
    </message>
    <message>
      <source>Thẻ nằm yên cho đến khi máy báo xong.</source>
      <translation>Leave it there until the machine is done.</translation>
    </message>
    <message>
      <source>Chỉ lấy số, không đọc thẻ</source>
      <translation>Only take a number, do not read the card</translation>
    </message>
    <message>
      <source>Đang đọc thẻ…</source>
      <translation>Reading your card…</translation>
    </message>
    <message>
      <source>Giữ yên thẻ: %1</source>
      <translation>Keep it still: %1</translation>
    </message>
  </context>
  <context>
    <name>RatePage</name>
    <message>
      <source>Ông bà được phục vụ thế nào?</source>
      <translation>How were you served?</translation>
    </message>
    <message>
      <source>Cán bộ không biết ai đã chọn mức nào.</source>
      <translation>No officer learns who gave which answer.</translation>
    </message>
  </context>
  <context>
    <name>ServicesPage</name>
    <message>
      <source>Ông bà cần làm việc gì?</source>
      <translation>What have you come for?</translation>
    </message>
    <message>
      <source>Chạm vào việc đó để lấy số.</source>
      <translation>Touch it to take a number.</translation>
    </message>
  </context>
  <context>
    <name>StaffedPage</name>
    <message>
      <source>Cấp số tại cửa</source>
      <translation>Numbers at the door</translation>
    </message>
    <message>
      <source>Chạm lĩnh vực để cấp số.</source>
      <translation>Touch a service to give a number.</translation>
    </message>
    <message>
      <source>Không ưu tiên</source>
      <translation>No priority</translation>
    </message>
    <message>
      <source>Diện ưu tiên: %1</source>
      <translation>Priority: %1</translation>
    </message>
  </context>
  <context>
    <name>StillHerePage</name>
    <message>
      <source>Ông bà còn ở đây không?</source>
      <translation>Are you still there?</translation>
    </message>
    <message>
      <source>Hết giờ, máy xóa mọi thông tin đã nhập.</source>
      <translation>When the time is up, everything entered is erased.</translation>
    </message>
    <message>
      <source>Tôi còn ở đây, làm tiếp</source>
      <translation>I am still here, go on</translation>
    </message>
  </context>
  <context>
    <name>TakenPage</name>
    <message>
      <source>Số của ông bà</source>
      <translation>Your number</translation>
    </message>
    <message>
      <source>Xong</source>
      <translation>Done</translation>
    </message>
    <message>
      <source>Đang in phiếu…</source>
      <translation>Printing…</translation>
    </message>
    <message>
      <source>Lấy phiếu ở khe giấy rồi chờ gọi số.</source>
      <translation>Take your ticket and wait until it is called.</translation>
    </message>
    <message>
      <source>Lấy phiếu ở khe giấy. Không thấy phiếu thì xin nhớ số này.</source>
      <translation>Take your ticket. If there is none, please note down this number.</translation>
    </message>
    <message>
      <source>In lại phiếu</source>
      <translation>Print again</translation>
    </message>
    <message>
      <source>Máy không in được phiếu. Xin nhớ hoặc chụp lại số này.</source>
      <translation>Not printed. Please note down this number.</translation>
    </message>
  </context>
  <context>
    <name>WaitPage</name>
    <message>
      <source>Đang hỏi cổng dịch vụ công…</source>
      <translation>Asking the public service portal…</translation>
    </message>
    <message>
      <source>Xin chờ một chút.</source>
      <translation>One moment, please.</translation>
    </message>
  </context>
  <context>
    <name>kiosk</name>
    <message>
      <source>Rất hài lòng</source>
      <translation>Very satisfied</translation>
    </message>
    <message>
      <source>Hài lòng</source>
      <translation>Satisfied</translation>
    </message>
    <message>
      <source>Bình thường</source>
      <translation>Neither</translation>
    </message>
    <message>
      <source>Không hài lòng</source>
      <translation>Dissatisfied</translation>
    </message>
    <message>
      <source>Rất không hài lòng</source>
      <translation>Very dissatisfied</translation>
    </message>
    <message>
      <source>Ông bà đã có số %1, xin chờ gọi.</source>
      <translation>You already have number %1; please wait until it is called.</translation>
    </message>
    <message>
      <source>, hẹn trả %1</source>
      <translation>, due on %1</translation>
    </message>
    <message>
      <source>Trước ông bà có %1 người.</source>
      <translation>People before you: %1.</translation>
    </message>
    <message>
      <source>Trước ông bà không có ai.</source>
      <translation>Nobody is before you.</translation>
    </message>
    <message>
      <source>Chờ khoảng %1 phút.</source>
      <translation>Wait about %1 minutes.</translation>
    </message>
    <message>
      <source>Máy chưa làm được việc này</source>
      <translation>That did not work</translation>
    </message>
    <message>
      <source>Ông bà thử lại, hoặc gọi người giúp.</source>
      <translation>Please try again, or call for help.</translation>
    </message>
    <message>
      <source>Sáu số chưa đúng với thẻ này</source>
      <translation>These six digits do not fit this card</translation>
    </message>
    <message>
      <source>Xem sáu số cuối của dãy mười hai số rồi gõ lại.</source>
      <translation>Look at the last six of the twelve digits and try again.</translation>
    </message>
    <message>
      <source>Thẻ được lấy ra sớm quá</source>
      <translation>The card was taken away too soon</translation>
    </message>
    <message>
      <source>Đặt lại thẻ và giữ yên cho đến khi máy báo xong.</source>
      <translation>Lay it down again and leave it until the machine is done.</translation>
    </message>
    <message>
      <source>Máy chưa đọc được thẻ</source>
      <translation>The card could not be read</translation>
    </message>
    <message>
      <source>Nhấc thẻ ra, đặt lại giữa đầu đọc và giữ yên.</source>
      <translation>Lift it, lay it on the middle of the reader and keep it still.</translation>
    </message>
    <message>
      <source>Đây không phải thẻ căn cước có chip</source>
      <translation>This is no citizen card with a chip</translation>
    </message>
    <message>
      <source>Ông bà vẫn lấy được số mà không cần thẻ.</source>
      <translation>You can still take a number without a card.</translation>
    </message>
    <message>
      <source>Đầu đọc thẻ đang không dùng được</source>
      <translation>The card reader does not work now</translation>
    </message>
    <message>
      <source>Ông bà đã có số cho việc này</source>
      <translation>You already have a number for this</translation>
    </message>
    <message>
      <source>Xin chờ gọi số đó; số cũ vẫn còn hiệu lực.</source>
      <translation>Please wait until it is called; it is still valid.</translation>
    </message>
    <message>
      <source>Máy vừa cấp nhiều số liền nhau</source>
      <translation>Many numbers were taken just now</translation>
    </message>
    <message>
      <source>Xin đợi một phút rồi lấy lại, hoặc đặt thẻ căn cước.</source>
      <translation>Please try again in a minute, or show your card.</translation>
    </message>
    <message>
      <source>Máy không nhận ra mã này</source>
      <translation>This code is not known here</translation>
    </message>
    <message>
      <source>Xin lấy số theo việc cần làm, hoặc gọi người giúp.</source>
      <translation>Take a number for what you need, or call for help.</translation>
    </message>
    <message>
      <source>Chưa lấy được số</source>
      <translation>No number can be given now</translation>
    </message>
    <message>
      <source>Xin gọi người giúp: cán bộ sẽ cấp số cho ông bà.</source>
      <translation>Please call for help: an officer will give you a number.</translation>
    </message>
    <message>
      <source>Lần phục vụ này đã được đánh giá</source>
      <translation>This service was rated before</translation>
    </message>
    <message>
      <source>Xin cảm ơn ông bà.</source>
      <translation>Thank you.</translation>
    </message>
  </context>
  <context>
    <name>language</name>
    <message>
      <source>Tiếng Việt</source>
      <translation>English</translation>
    </message>
  </context>
  <context>
    <name>texts</name>
    <message>
      <source>Mới đăng ký</source>
      <translation>Filed</translation>
    </message>
    <message>
      <source>Được tiếp nhận</source>
      <translation>Accepted</translation>
    </message>
    <message>
      <source>Không được tiếp nhận</source>
      <translation>Not accepted</translation>
    </message>
    <message>
      <source>Đang xử lý</source>
      <translation>Being processed</translation>
    </message>
    <message>
      <source>Yêu cầu bổ sung giấy tờ</source>
      <translation>Papers are missing</translation>
    </message>
    <message>
      <source>Yêu cầu thực hiện nghĩa vụ tài chính</source>
      <translation>A payment is due</translation>
    </message>
    <message>
      <source>Công dân yêu cầu rút hồ sơ</source>
      <translation>Withdrawn</translation>
    </message>
    <message>
      <source>Dừng xử lý</source>
      <translation>Stopped</translation>
    </message>
    <message>
      <source>Đã xử lý xong</source>
      <translation>Ready to be collected</translation>
    </message>
    <message>
      <source>Đã trả kết quả</source>
      <translation>Handed over</translation>
    </message>
  </context>
  <context>
    <name>ReceiptPage</name>
    <message>
      <source>Chưa hỏi được cổng dịch vụ công</source>
      <translation>The portal could not be asked</translation>
    </message>
    <message>
      <source>Mạng đang gián đoạn nên chưa xem được hồ sơ. Ông bà vẫn lấy được số.</source>
      <translation>The network is down, so the dossier cannot be shown. You can still take a number.</translation>
    </message>
    <message>
      <source>Cổng dịch vụ công chưa có hồ sơ này</source>
      <translation>The portal does not have this dossier yet</translation>
    </message>
    <message>
      <source>Giấy mới in có thể chưa lên tới cổng. Ông bà vẫn lấy được số.</source>
      <translation>A new receipt may not have reached the portal. You can still take a number.</translation>
    </message>
    <message>
      <source>Lấy số</source>
      <translation>Take a number</translation>
    </message>
    <message>
      <source>Đánh giá phục vụ</source>
      <translation>Rate the service</translation>
    </message>
    <message>
      <source>Xong</source>
      <translation>Done</translation>
    </message>
  </context>
  <context>
    <name>TicketPage</name>
    <message>
      <source>Mời ông bà đến %1 ngay.</source>
      <translation>Please go to %1 now.</translation>
    </message>
    <message>
      <source>Ông bà đã quay lại thì chạm nút dưới đây, %1 sẽ gọi.</source>
      <translation>If you are back, touch the button below and %1 will call you.</translation>
    </message>
    <message>
      <source>Số này đang chờ, xin nghe gọi số.</source>
      <translation>This number is waiting; please listen for the call.</translation>
    </message>
    <message>
      <source>Số %1</source>
      <translation>Number %1</translation>
    </message>
    <message>
      <source>Tôi đã quay lại</source>
      <translation>I am back</translation>
    </message>
    <message>
      <source>Xong</source>
      <translation>Done</translation>
    </message>
  </context>
</TS>
