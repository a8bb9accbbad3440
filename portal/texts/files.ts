/** Uzbek in Latin letters, Russian. */
export const FILE_TEXTS = {
  'A name in or of the file points into another folder. Such files are not taken.': [
    'Fayl nomi yoki uning ichidagi nom boshqa papkaga olib boradi. Bunday fayllar qabul qilinmaydi.',
    'Имя файла или имя внутри него ведёт в другую папку. Такие файлы не принимаются.',
  ],
  'A photo, a PDF, a document, sound or video; 20 MB at most each. Files can be added until the appeal is filed.':
    [
      'Surat, PDF, hujjat, ovoz yoki video; har biri koʻpi bilan 20 MB. Fayllarni murojaat yuborilgunga qadar qoʻshish mumkin.',
      'Фото, PDF, документ, звук или видео; каждый не больше 20 МБ. Файлы можно добавить, пока обращение не подано.',
    ],
  'A virus was found in the file.': ['Faylda virus topildi.', 'В файле найден вирус.'],
  'Add a file': ['Fayl qoʻshish', 'Добавить файл'],
  'All files together would be larger than 60 MB.': [
    'Barcha fayllar birga 60 MB dan oshib ketadi.',
    'Все файлы вместе были бы больше 60 МБ.',
  ],
  'An archive that cannot be looked into. Send the files one by one, or in one ZIP file.': [
    'Ichini koʻrib boʻlmaydigan arxiv. Fayllarni bittalab yoki bitta ZIP ichida yuboring.',
    'Архив, в который нельзя заглянуть. Пришлите файлы по одному или в одном ZIP.',
  ],
  'Choose a file': ['Faylni tanlang', 'Выберите файл'],
  Files: ['Fayllar', 'Файлы'],
  'Files can be added on the next page.': [
    'Fayllarni keyingi sahifada qoʻshish mumkin.',
    'Файлы можно добавить на следующей странице.',
  ],
  'Files of this type are not taken. Send a PDF, a picture, an office document, sound or video.': [
    'Bu turdagi fayllar qabul qilinmaydi. PDF, rasm, hujjat, ovoz yoki video yuboring.',
    'Файлы этого типа не принимаются. Пришлите PDF, снимок, документ, звук или видео.',
  ],
  'Remove {name}': ['Olib tashlash: {name}', 'Убрать {name}'],
  'The archive holds a program. Programs are not taken.': [
    'Arxivda dastur bor. Dasturlar qabul qilinmaydi.',
    'В архиве есть программа. Программы не принимаются.',
  ],
  'The archive unpacks to more than can be taken. Send the files one by one.': [
    'Arxiv ochilganda juda katta boʻladi. Fayllarni bittalab yuboring.',
    'Архив распаковывается в слишком большой объём. Пришлите файлы по одному.',
  ],
  'The document holds macros. Save it without them, as DOCX, XLSX or PDF.': [
    'Hujjatda makroslar bor. Uni ularsiz saqlang: DOCX, XLSX yoki PDF.',
    'В документе есть макросы. Сохраните его без них: DOCX, XLSX или PDF.',
  ],
  'The file has no name.': ['Faylning nomi yoʻq.', 'У файла нет имени.'],
  'The file is damaged and cannot be opened.': [
    'Fayl shikastlangan, uni ochib boʻlmaydi.',
    'Файл повреждён и не открывается.',
  ],
  'The file is empty.': ['Fayl boʻsh.', 'Файл пуст.'],
  'The file is larger than 20 MB. Send it in parts, or a smaller picture of it.': [
    'Fayl 20 MB dan katta. Uni qismlab yuboring yoki rasmini kichraytiring.',
    'Файл больше 20 МБ. Пришлите его по частям или уменьшите снимок.',
  ],
  'The file is locked by a password. Send it without one.': [
    'Fayl parol bilan yopilgan. Uni parolsiz yuboring.',
    'Файл закрыт паролем. Пришлите его без пароля.',
  ],
  'The name of the file holds hidden characters. Rename it and send it again.': [
    'Fayl nomida yashirin belgilar bor. Nomini oʻzgartirib, qayta yuboring.',
    'В имени файла есть скрытые знаки. Переименуйте его и пришлите снова.',
  ],
  'The name of the file is too long.': ['Fayl nomi juda uzun.', 'Имя файла слишком длинное.'],
  'There are 20 files already; more are not taken.': [
    '20 ta fayl bor, ortigʻi qabul qilinmaydi.',
    'Файлов уже 20, больше не принимается.',
  ],
  'There is no room for files now. Try again later, or send the appeal without them.': [
    'Hozir fayllar uchun joy yoʻq. Keyinroq urinib koʻring yoki murojaatni fayllarsiz yuboring.',
    'Сейчас нет места для файлов. Попробуйте позже или отправьте обращение без них.',
  ],
  'The virus scanner does not answer now. Try again later.': [
    'Antivirus hozir javob bermayapti. Keyinroq urinib koʻring.',
    'Антивирус сейчас не отвечает. Попробуйте позже.',
  ],
} as const satisfies Readonly<Record<string, readonly [uz: string, ru: string]>>
