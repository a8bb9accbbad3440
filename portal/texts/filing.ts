/** Uzbek in Latin letters, Russian. */
export const FILING_TEXTS = {
  'A code is sent there. Whoever has the telephone can open the appeal.': [
    'Unga kod yuboriladi. Murojaatni shu telefon egasi ocha oladi.',
    'На него придёт код. Открыть обращение сможет тот, у кого этот телефон.',
  ],
  'A code of six digits is on its way to {number}. If it is not there in two minutes, ask for another one.': [
    'Olti raqamli kod {number} raqamiga yuborilmoqda. Ikki daqiqada kelmasa, yangisini soʻrang.',
    'Код из шести цифр отправляется на {number}. Если через две минуты его нет, запросите другой.',
  ],
  'Change what I wrote': ['Yozganimni oʻzgartirish', 'Изменить написанное'],
  'Choose what it is.': ['Murojaat turini tanlang.', 'Выберите вид обращения.'],
  Code: ['Kod', 'Код'],
  'Code to follow it': ['Kuzatish kodi', 'Код для отслеживания'],
  Confirm: ['Tasdiqlash', 'Подтвердить'],
  'Number and code do not fit together. Look at the message again.': [
    'Raqam va kod bir-biriga mos emas. Xabarni yana bir bor koʻring.',
    'Номер и код не подходят друг к другу. Посмотрите сообщение ещё раз.',
  ],
  'Number and code stand in the message that you got, and on the page where you filed the appeal.': [
    'Raqam va kod sizga kelgan xabarda hamda murojaat yuborilgan sahifada yozilgan.',
    'Номер и код указаны в сообщении, которое вы получили, и на странице, где вы подали обращение.',
  ],
  'It is a report of corruption': ['Bu korrupsiya haqida xabar', 'Это сообщение о коррупции'],
  'Only the responsible officers read it: neither operators nor editors nor the chancellery see it. If they find that it is none, it goes on as an ordinary appeal.':
    [
      'Uni faqat masʼul xodimlar oʻqiydi: operatorlar, muharrirlar va devonxona koʻrmaydi. Unda korrupsiya yoʻq deb topilsa, oddiy murojaat sifatida koʻrib chiqiladi.',
      'Его читают только ответственные сотрудники: ни операторы, ни редакторы, ни канцелярия его не видят. Если коррупции в нём не найдут, оно рассматривается как обычное обращение.',
    ],
  'On to the code': ['Kod olish', 'Получить код'],
  'Please look at the fields that are marked.': [
    'Belgilangan maydonlarni koʻrib chiqing.',
    'Проверьте отмеченные поля.',
  ],
  'Registered on': ['Roʻyxatga olingan kun', 'Зарегистрировано'],
  'Say in a few sentences what it is about.': [
    'Murojaat mazmunini bir necha gapda yozing.',
    'Опишите суть в нескольких предложениях.',
  ],
  'Send another code': ['Yangi kod yuborish', 'Отправить другой код'],
  Show: ['Koʻrsatish', 'Показать'],
  'Sign in to add something, to take it back or to rate it': [
    'Qoʻshimcha qilish, qaytarib olish yoki baholash uchun kabinetga kiring',
    'Войдите, чтобы дополнить, отозвать или оценить',
  ],
  'Sign in with your telephone': ['Telefoningiz bilan kiring', 'Войдите по номеру телефона'],
  'The code could not be sent to {number}. Try again in some minutes, or call {short}: an operator files the appeal with you.':
    [
      'Kodni {number} raqamiga yuborib boʻlmadi. Bir necha daqiqadan keyin urinib koʻring yoki {short} raqamiga qoʻngʻiroq qiling: operator murojaatni siz bilan birga rasmiylashtiradi.',
      'Код не удалось отправить на {number}. Повторите через несколько минут или позвоните по номеру {short}: оператор оформит обращение вместе с вами.',
    ],
  'The code from the message': ['Xabardagi kod', 'Код из сообщения'],
  'The code is older than ten minutes. Ask for another one.': [
    'Kodga oʻn daqiqadan oshdi. Yangisini soʻrang.',
    'Коду больше десяти минут. Запросите другой.',
  ],
  'This can no longer be confirmed. Fill in the form once more.': [
    'Buni endi tasdiqlab boʻlmaydi. Shaklni qaytadan toʻldiring.',
    'Подтвердить это уже нельзя. Заполните форму ещё раз.',
  ],
  'This code can no longer be used. Ask for another one.': [
    'Bu koddan endi foydalanib boʻlmaydi. Yangisini soʻrang.',
    'Этот код больше не действует. Запросите другой.',
  ],
  'This is not the code. Look at the message again.': [
    'Kod notoʻgʻri. Xabarni yana bir bor koʻring.',
    'Код неверный. Посмотрите сообщение ещё раз.',
  ],
  'Three codes were sent to this number within an hour. The next one can be sent at {time}; until then call {number}.':
    [
      'Bir soat ichida bu raqamga uchta kod yuborildi. Keyingisini soat {time} da yuborish mumkin; ungacha {number} raqamiga qoʻngʻiroq qiling.',
      'За час на этот номер отправлено три кода. Следующий можно отправить в {time}; до этого позвоните по номеру {number}.',
    ],
  'We have sent a code of six digits to {number}. It is valid for ten minutes.': [
    'Olti raqamli kod {number} raqamiga yuborildi. U oʻn daqiqa amal qiladi.',
    'Код из шести цифр отправлен на {number}. Он действует десять минут.',
  ],
  'What happened, when and where, and what you ask for. If it is about someone else, say so.': [
    'Nima, qachon va qayerda boʻlgani hamda nimani soʻrayotganingiz. Boshqa shaxs haqida boʻlsa, shuni ham yozing.',
    'Что, когда и где произошло и о чём вы просите. Если речь о другом человеке, напишите это.',
  ],
  'What is it about?': ['Murojaat mazmuni', 'О чём обращение?'],
  'What is it?': ['Murojaat turi', 'Что это?'],
  'Write a telephone number of Uzbekistan, such as +998 90 123 45 67.': [
    'Oʻzbekiston telefon raqamini yozing, masalan +998 90 123 45 67.',
    'Укажите номер телефона Узбекистана, например +998 90 123 45 67.',
  ],
  'Write both down. They are sent to your telephone too. With them the appeal can be followed without signing in.':
    [
      'Ikkalasini ham yozib oling. Ular telefoningizga ham yuboriladi. Shular bilan murojaatni kabinetga kirmasdan kuzatish mumkin.',
      'Запишите и то и другое. Они придут и на ваш телефон. По ним можно следить за обращением без входа в кабинет.',
    ],
  'Write your name: an appeal without a name is not considered.': [
    'Ismingizni yozing: ismi koʻrsatilmagan murojaat koʻrib chiqilmaydi.',
    'Укажите имя: обращение без имени не рассматривается.',
  ],
  'You do not have the code?': ['Kod yoʻqmi?', 'Нет кода?'],
  'Your appeal is registered': ['Murojaatingiz roʻyxatga olindi', 'Ваше обращение зарегистрировано'],
  'Your data are used only to consider the appeal, and stay in the country.': [
    'Maʼlumotlaringiz faqat murojaatni koʻrib chiqish uchun ishlatiladi va mamlakat ichida saqlanadi.',
    'Ваши данные используются только для рассмотрения обращения и остаются в стране.',
  ],
  'Your mobile telephone': ['Mobil telefoningiz', 'Ваш мобильный телефон'],
  'Your surname, name and father’s name': [
    'Familiyangiz, ismingiz va otangizning ismi',
    'Ваши фамилия, имя и отчество',
  ],
} as const satisfies Readonly<Record<string, readonly [uz: string, ru: string]>>
