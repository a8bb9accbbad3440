/** Uzbek in Latin letters, Russian. */
export const ONE_ID_TEXTS = {
  'Add files if there are any, and file the appeal.': [
    'Fayllar boʻlsa, qoʻshing va murojaatni yuboring.',
    'Добавьте файлы, если они есть, и подайте обращение.',
  ],
  'All your appeals, from whichever telephone they were filed. An appeal is filed without a code.': [
    'Qaysi telefondan yuborilganidan qatʼi nazar, barcha murojaatlaringiz. Murojaat kodsiz yuboriladi.',
    'Все ваши обращения, с какого бы телефона они ни были поданы. Обращение подаётся без кода.',
  ],
  'By OneID': ['OneID orqali', 'Через OneID'],
  'By telephone': ['Telefon orqali', 'По телефону'],
  'File the appeal': ['Murojaatni yuborish', 'Подать обращение'],
  Next: ['Davom etish', 'Далее'],
  'OneID does not answer now. Sign in with your telephone, or try again later.': [
    'OneID hozir javob bermayapti. Telefoningiz orqali kiring yoki keyinroq urinib koʻring.',
    'OneID сейчас не отвечает. Войдите по номеру телефона или попробуйте позже.',
  ],
  'OneID does not confirm who you are. Try again, or sign in with your telephone.': [
    'OneID shaxsingizni tasdiqlamadi. Yana urinib koʻring yoki telefoningiz orqali kiring.',
    'OneID не подтверждает вашу личность. Попробуйте ещё раз или войдите по номеру телефона.',
  ],
  'Ready to be filed': ['Yuborishga tayyor', 'Готово к подаче'],
  'Sign in by OneID': ['OneID orqali kirish', 'Войти через OneID'],
  'Signed in by OneID, you file without a code.': [
    'OneID orqali kirsangiz, murojaat kodsiz yuboriladi.',
    'Если войти через OneID, обращение подаётся без кода.',
  ],
  'Somebody signed in by OneID': ['OneID orqali kirgan kishi', 'Тот, кто вошёл через OneID'],
  'Somebody with the telephone': ['Telefon qoʻlida boʻlgan kishi', 'Тот, у кого телефон'],
  'The sign-in by OneID was begun in another window or too long ago. Begin it again.': [
    'OneID orqali kirish boshqa oynada yoki ancha oldin boshlangan. Qaytadan boshlang.',
    'Вход через OneID начат в другом окне или слишком давно. Начните заново.',
  ],
  'Then messages about the appeal are sent there, and a code first. Whoever has the telephone can open the appeal.':
    [
      'Shunda murojaat haqidagi xabarlar, avval esa kod shu raqamga yuboriladi. Murojaatni shu telefon egasi ocha oladi.',
      'Тогда сообщения об обращении, а сначала код, придут на него. Открыть обращение сможет тот, у кого этот телефон.',
    ],
  'This is the OneID of a legal entity. Sign in as a person, or with your telephone.': [
    'Bu yuridik shaxsning OneID hisobi. Jismoniy shaxs sifatida yoki telefoningiz orqali kiring.',
    'Это OneID юридического лица. Войдите как физическое лицо или по номеру телефона.',
  ],
  'Write both down. With them the appeal can be followed without signing in by OneID.': [
    'Ikkalasini yozib oling. Ular bilan murojaatni OneID orqali kirmasdan ham kuzatish mumkin.',
    'Запишите и то и другое. С ними за обращением можно следить и без входа через OneID.',
  ],
  'You are signed in by OneID as {name}.': [
    'OneID orqali kirdingiz: {name}.',
    'Вы вошли через OneID: {name}.',
  ],
  'You did not go on at OneID. Try again, or sign in with your telephone.': [
    'OneID orqali kirish toʻxtatildi. Yana urinib koʻring yoki telefoningiz orqali kiring.',
    'Вход через OneID прерван. Попробуйте ещё раз или войдите по номеру телефона.',
  ],
  'You file as {name}, signed in by OneID.': [
    'Murojaat {name} nomidan yuboriladi (OneID orqali kirilgan).',
    'Обращение подаётся от имени {name} (вход через OneID).',
  ],
  'Your account at OneID is not verified yet. Have it verified, or sign in with your telephone.': [
    'OneID hisobingiz hali tasdiqlanmagan. Uni tasdiqlating yoki telefoningiz orqali kiring.',
    'Ваша учётная запись OneID ещё не подтверждена. Подтвердите её или войдите по номеру телефона.',
  ],
  'Your calls are in the cabinet of your telephone: sign out, and sign in with a code.': [
    'Qoʻngʻiroqlaringiz telefoningiz kabinetida: chiqing va kod bilan kiring.',
    'Ваши звонки — в кабинете вашего телефона: выйдите и войдите по коду.',
  ],
  'Your mobile telephone, if you like': [
    'Mobil telefoningiz (ixtiyoriy)',
    'Ваш мобильный телефон (по желанию)',
  ],
} as const satisfies Readonly<Record<string, readonly [uz: string, ru: string]>>
