/** What waiting callers of the demo organisation are told between the announcements of their place, by queue. */
import type { Texts } from '#core/lib/languages.ts'
import type { WaitingInformation } from './waiting-information.ts'

const cabinet: Texts = {
  uz: 'Ruxsatnoma va natijalarni my.uzbmb.uz saytidagi shaxsiy kabinetingizda koʻrishingiz mumkin.',
  ru: 'Разрешение и результаты можно посмотреть в личном кабинете на сайте my.uzbmb.uz.',
}

const documents: Texts = {
  uz: 'Operator javob berguncha pasport yoki ID-kartangizni va ariza raqamini tayyorlab qoʻying.',
  ru: 'Пока вы ждёте ответа, подготовьте паспорт или ID-карту и номер заявления.',
}

const certificate: Texts = {
  uz: 'Milliy sertifikat natijasi va elektron sertifikat my.gov.uz saytidagi „Mening arizalarim“ boʻlimida.',
  ru: 'Результат и электронный сертификат находятся на сайте my.gov.uz в разделе «Мои заявки».',
}

const appeal: Texts = {
  uz: 'Apellyatsiya arizasi my.uzbmb.uz saytidagi shaxsiy kabinet orqali belgilangan muddatda beriladi.',
  ru: 'Апелляция подаётся в установленный срок через личный кабинет на сайте my.uzbmb.uz.',
}

const password: Texts = {
  uz: 'Kabinet parolini unutgan boʻlsangiz, kirish sahifasidagi „Parolni tiklash“ tugmasini bosing: SMS-kod telefoningizga keladi.',
  ru: 'Если вы забыли пароль от кабинета, нажмите «Восстановить пароль» на странице входа: придёт СМС с кодом.',
}

const fraud: Texts = {
  uz: 'Pul evaziga oʻqishga kiritib qoʻyaman degan odam — firibgar. Bunday holat haqida 102 raqamiga xabar bering.',
  ru: 'Тот, кто предлагает поступить за деньги, — мошенник. Сообщите о нём по номеру 102.',
}

export const DEMO_WAITING_INFORMATION = {
  admission: [cabinet, documents, fraud],
  results: [cabinet, appeal],
  cert: [certificate, documents],
  general: [cabinet, documents],
  tech: [password, cabinet],
  appeals: [documents],
  trust: [fraud],
} as Record<string, readonly Texts[]> as WaitingInformation
