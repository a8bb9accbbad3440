/** Uzbek in Latin letters, Russian. */
export const SHARED_TEXTS = {
  'A right of yours was violated, and you demand that it be restored.': [
    'Huquqingiz buzilgan va uni tiklashni talab qilasiz.',
    'Ваше право нарушено, и вы требуете его восстановить.',
  ],
  'All your appeals and calls. You sign in with a code sent to your telephone.': [
    'Barcha murojaatlaringiz va qoʻngʻiroqlaringiz. Telefoningizga yuborilgan kod bilan kirasiz.',
    'Все ваши обращения и звонки. Вход по коду, который придёт на ваш телефон.',
  ],
  'An application, a complaint or a proposal. You get its number at once.': [
    'Ariza, shikoyat yoki taklif. Raqamini darhol olasiz.',
    'Заявление, жалоба или предложение. Номер вы получите сразу.',
  ],
  Announcement: ['Eʼlon', 'Объявление'],
  Application: ['Ariza', 'Заявление'],
  'Appeals to us': ['Bizga murojaatlar', 'Обращения к нам'],
  Complaint: ['Shikoyat', 'Жалоба'],
  'File an appeal': ['Murojaat yuborish', 'Подать обращение'],
  'File an appeal, follow it, and find answers, at any time and without a queue.': [
    'Murojaat yuboring, uni kuzating va javob toping: istalgan vaqtda, navbatsiz.',
    'Подайте обращение, следите за ним и находите ответы: в любое время и без очереди.',
  ],
  'Follow an appeal': ['Murojaatni kuzatish', 'Проверить обращение'],
  'It did not arrive whole. Go back, look at what you wrote and send it once more.': [
    'Toʻliq yetib kelmadi. Orqaga qayting, yozganingizni koʻrib chiqing va yana bir bor yuboring.',
    'Пришло не полностью. Вернитесь назад, проверьте написанное и отправьте ещё раз.',
  ],
  'It was not taken': ['Qabul qilinmadi', 'Не принято'],
  'Leave this empty': ['Buni boʻsh qoldiring', 'Оставьте это поле пустым'],
  'My cabinet': ['Shaxsiy kabinet', 'Личный кабинет'],
  'No page is here.': ['Bu yerda sahifa yoʻq.', 'Здесь нет страницы.'],
  'Not found': ['Topilmadi', 'Не найдено'],
  'Nothing was found. Try other words, or call {number}.': [
    'Hech narsa topilmadi. Boshqa soʻzlar bilan urinib koʻring yoki {number} raqamiga qoʻngʻiroq qiling.',
    'Ничего не найдено. Попробуйте другие слова или позвоните по номеру {number}.',
  ],
  Number: ['Raqami', 'Номер'],
  'Other telephones: {numbers}': ['Boshqa telefonlar: {numbers}', 'Другие телефоны: {numbers}'],
  'There are more answers than are shown. Search for yours in a few words.': [
    'Bu yerda javoblarning hammasi koʻrsatilmagan. Keraklisini bir necha soʻz bilan qidiring.',
    'Здесь показаны не все ответы. Найдите нужный, написав несколько слов.',
  ],
  Proposal: ['Taklif', 'Предложение'],
  'Questions and answers': ['Savol-javoblar', 'Вопросы и ответы'],
  'Reply by': ['Javob muddati', 'Ответ до'],
  Search: ['Qidirish', 'Найти'],
  Sections: ['Boʻlimlar', 'Разделы'],
  'Something is missing': ['Toʻldirilmagan joy bor', 'Не всё заполнено'],
  'Something went wrong': ['Xatolik yuz berdi', 'Что-то пошло не так'],
  'That was too much at once. Try again in an hour, or call {number}.': [
    'Urinishlar juda koʻp boʻldi. Bir soatdan keyin qayta urinib koʻring yoki {number} raqamiga qoʻngʻiroq qiling.',
    'Слишком много попыток. Повторите через час или позвоните по номеру {number}.',
  ],
  'The page was open for too long, or cookies are switched off in your browser. Go back, load the page anew and send it once more.':
    [
      'Sahifa juda uzoq ochiq turgan yoki brauzeringizda cookie-fayllar oʻchirilgan. Orqaga qayting, sahifani yangilang va yana bir bor yuboring.',
      'Страница была открыта слишком долго, или в браузере отключены файлы cookie. Вернитесь назад, обновите страницу и отправьте ещё раз.',
    ],
  'There is too much in it. Go back, make it shorter and send it once more; more can be added later.': [
    'Hajmi juda katta. Orqaga qayting, qisqartiring va yana bir bor yuboring; keyin qoʻshimcha qilish mumkin.',
    'Слишком большой объём. Вернитесь назад, сократите и отправьте ещё раз; дополнить можно позже.',
  ],
  'This is too long: at most {most} letters, {over} too many.': [
    'Juda uzun: koʻpi bilan {most} belgi, ortiqchasi: {over}.',
    'Слишком длинно: знаков не больше {most}, лишних: {over}.',
  ],
  'To the content': ['Matnga oʻtish', 'К содержанию'],
  'To the first page': ['Bosh sahifaga', 'На главную'],
  'Too many attempts': ['Urinishlar juda koʻp', 'Слишком много попыток'],
  'We are working on it. Try again in some minutes, or call {number}.': [
    'Tuzatyapmiz. Bir necha daqiqadan keyin urinib koʻring yoki {number} raqamiga qoʻngʻiroq qiling.',
    'Мы уже исправляем. Повторите через несколько минут или позвоните по номеру {number}.',
  ],
  'What do you want to know?': ['Nimani bilmoqchisiz?', 'Что вы хотите узнать?'],
  'What is asked most often.': ['Eng koʻp beriladigan savollar.', 'О чём спрашивают чаще всего.'],
  'With its number and the code you were given.': [
    'Raqami va sizga berilgan kod bilan.',
    'По номеру и коду, который вам дали.',
  ],
  'You ask for help with a right or an interest of yours.': [
    'Huquqingiz yoki manfaatingizni amalga oshirishda yordam soʻraysiz.',
    'Вы просите помочь осуществить ваше право или интерес.',
  ],
  'You can also call: {number}, day and night.': [
    'Qoʻngʻiroq ham qilishingiz mumkin: {number}, kechayu kunduz.',
    'Можно и позвонить: {number}, круглосуточно.',
  ],
  'You say how something could be better.': [
    'Nimani yaxshilash mumkinligini aytasiz.',
    'Вы говорите, что можно сделать лучше.',
  ],
} as const satisfies Readonly<Record<string, readonly [uz: string, ru: string]>>
