/** The script of the demo organisation: how a question is answered, an appeal taken, a citizen passed on. */
import type { Script } from './script.ts'

export const DEMO_SCRIPT: Script = {
  names: { uz: 'Fuqaro bilan suhbat', ru: 'Разговор с гражданином' },
  start: 'greeting',
  steps: [
    {
      id: 'greeting',
      title: { uz: 'Salomlashish', ru: 'Приветствие' },
      say: [
        {
          uz: 'Assalomu alaykum! Bilim va malakalarni baholash agentligi aloqa markazi, operator {agent}. Sizga qanday yordam bera olaman?',
          ru: 'Здравствуйте! Контакт-центр Агентства по оценке знаний и квалификаций, оператор {agent}. Чем могу помочь?',
        },
      ],
      next: 'name',
    },
    {
      id: 'name',
      title: { uz: 'Ism', ru: 'Имя' },
      say: [{ uz: 'Sizga qanday murojaat qilsam boʻladi?', ru: 'Как к Вам обращаться?' }],
      asksName: true,
      next: 'clarification',
    },
    {
      id: 'clarification',
      title: { uz: 'Aniqlashtirish', ru: 'Уточнение' },
      say: [
        {
          uz: '[{citizen}, ]sizni toʻgʻri tushundimmi: …?',
          ru: '[{citizen}, ]правильно ли я Вас понимаю: …?',
        },
      ],
      toDo: {
        uz: 'Mavzuni tanlang (T), javobni oching.',
        ru: 'Выберите тему (T), откройте ответ.',
      },
      next: null,
      branches: [
        { id: 'question', label: { uz: 'Umumiy savol', ru: 'Общий вопрос' }, to: 'answer' },
        {
          id: 'personal',
          label: { uz: 'Oʻz maʼlumotlari haqida', ru: 'О своих данных' },
          to: 'identification',
        },
        {
          id: 'appeal',
          label: { uz: 'Rasmiy murojaat', ru: 'Официальное обращение' },
          to: 'details',
          outcome: 'unresolved',
        },
      ],
    },
    {
      id: 'identification',
      title: { uz: 'Shaxsini aniqlash', ru: 'Установление личности' },
      say: [
        {
          uz: 'Maʼlumot berish uchun F.I.Sh., tugʻilgan sana va yashash manzilingizni ayting.',
          ru: 'Чтобы сообщить данные, назовите, пожалуйста, ФИО, дату рождения и адрес.',
        },
      ],
      toDo: {
        uz: 'Voyaga yetmagan yoki vakil boʻlsa, faqat umumiy maʼlumot bering.',
        ru: 'Несовершеннолетнему или представителю — только общие сведения.',
      },
      next: 'answer',
    },
    {
      id: 'answer',
      title: { uz: 'Javob', ru: 'Ответ' },
      say: [
        {
          uz: '[{citizen}, ]javob quyidagicha: …',
          ru: '[{citizen}, ]ответ такой: …',
        },
      ],
      toDo: {
        uz: 'Savol-javoblardan huquqiy asosi bilan oʻqing (F).',
        ru: 'Читайте из вопросов и ответов, с правовой основой (F).',
      },
      next: null,
      branches: [
        {
          id: 'resolved',
          label: { uz: 'Hal boʻldi', ru: 'Решено' },
          to: 'closing',
          outcome: 'resolved',
        },
        {
          id: 'appeal',
          label: { uz: 'Murojaat rasmiylashtiriladi', ru: 'Оформить обращение' },
          to: 'details',
          outcome: 'unresolved',
        },
        {
          id: 'specialist',
          label: { uz: 'Mutaxassisga ulash', ru: 'Соединить со специалистом' },
          to: 'escalation',
          outcome: 'unresolved',
        },
        {
          id: 'otherBody',
          label: { uz: 'Boshqa idora vakolatida', ru: 'Компетенция другого органа' },
          to: 'redirection',
          outcome: 'explained',
        },
      ],
    },
    {
      id: 'details',
      title: { uz: 'Murojaatchi', ru: 'Заявитель' },
      say: [
        {
          uz: 'Murojaatni rasmiylashtirish uchun F.I.Sh., tugʻilgan sana va yashash manzilingizni ayting.',
          ru: 'Для оформления назовите, пожалуйста, ФИО, дату рождения и адрес.',
        },
      ],
      toDo: {
        uz: 'Maʼlumotlarni qayta ishlashga rozilik soʻrang.',
        ru: 'Спросите согласие на обработку данных.',
      },
      next: 'registration',
    },
    {
      id: 'registration',
      title: { uz: 'Murojaatni rasmiylashtirish', ru: 'Оформление обращения' },
      say: [
        { uz: 'Murojaatingiz matnini oʻqib beraman: …', ru: 'Зачитываю текст Вашего обращения: …' },
        {
          uz: 'Murojaatingizni rasmiylashtirdim. Raqami {appeal}, javob muddati {due} gacha.',
          ru: 'Обращение оформлено. Номер {appeal}, срок ответа до {due}.',
        },
      ],
      toDo: {
        uz: 'Matnni fuqaro tasdiqlasin, keyin roʻyxatga oling.',
        ru: 'Гражданин подтверждает текст, затем зарегистрируйте.',
      },
      next: 'closing',
    },
    {
      id: 'escalation',
      title: { uz: 'Mutaxassisga ulash', ru: 'Соединение со специалистом' },
      say: [
        {
          uz: 'Masalani masʼul mutaxassisga ulayman, iltimos, kuting.',
          ru: 'Соединяю с ответственным специалистом, подождите, пожалуйста.',
        },
      ],
      toDo: {
        uz: 'Oʻtkazish (X): avval mutaxassisdan soʻrang.',
        ru: 'Перевод (X): сначала спросите специалиста.',
      },
      next: 'closing',
    },
    {
      id: 'redirection',
      title: { uz: 'Vakolatli idora', ru: 'Компетентный орган' },
      say: [
        {
          uz: 'Bu masala … vakolatida, telefon raqami ….',
          ru: 'Этот вопрос в компетенции …, телефон ….',
        },
      ],
      next: 'closing',
    },
    {
      id: 'closing',
      title: { uz: 'Yakunlash', ru: 'Завершение' },
      say: [
        { uz: '[{citizen}, ]yana savolingiz bormi?', ru: '[{citizen}, ]есть ли ещё вопросы?' },
        {
          uz: 'Xizmatimizni 1 dan 5 gacha baholang. Murojaatingiz uchun rahmat!',
          ru: 'Оцените нашу работу от 1 до 5. Спасибо за обращение!',
        },
      ],
      next: null,
    },
  ],
  asides: [
    {
      id: 'conflict',
      title: { uz: 'Nizoli suhbat', ru: 'Конфликтный разговор' },
      say: [
        {
          uz: 'Sizni tushunaman. Keling, birgalikda hal qilamiz.',
          ru: 'Понимаю Вас. Давайте решим это вместе.',
        },
        {
          uz: 'Haqorat davom etsa, suhbatni toʻxtatishga majburman.',
          ru: 'При продолжении оскорблений я вынужден(а) завершить разговор.',
        },
      ],
      toDo: {
        uz: 'Ikki marta ogohlantiring, soʻng suhbatni tugating.',
        ru: 'Предупредите дважды, затем завершите разговор.',
      },
      next: null,
    },
    {
      id: 'emergency',
      title: { uz: 'Hayotga xavf', ru: 'Угроза жизни' },
      say: [
        {
          uz: 'Iltimos, hoziroq 103 yoki 112 raqamiga qoʻngʻiroq qiling.',
          ru: 'Пожалуйста, сейчас же позвоните 103 или 112.',
        },
      ],
      toDo: { uz: 'Nazoratchini chaqiring.', ru: 'Позовите супервизора.' },
      next: null,
    },
  ],
  rules: [
    { uz: 'Qabul yoki ball vaʼda qilinmaydi.', ru: 'Зачисление и баллы не обещают.' },
    {
      uz: 'Shaxsiy maʼlumotlar boshqalarga aytilmaydi, ota-onaga ham.',
      ru: 'Личные данные не сообщают другим, в том числе родителям.',
    },
    { uz: 'Test mazmuni muhokama qilinmaydi.', ru: 'Содержание тестов не обсуждают.' },
    {
      uz: 'Korrupsiya haqida xabar: ishonch telefoni navbatiga.',
      ru: 'Сообщение о коррупции — в очередь телефона доверия.',
    },
  ],
}
