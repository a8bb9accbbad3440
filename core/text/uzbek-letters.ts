/** The tables of Uzbek letters, and the words that do not follow the rules. */

/** Letters whose Latin does not depend on their neighbours; е, ц, ъ and ь do, see uzbek-script.ts. */
// biome-ignore format: a table of letters is read in rows.
export const TO_LATIN: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', ё: 'yo', ж: 'j', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n',
  о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'x', ч: 'ch', ш: 'sh', щ: 'sh', ы: 'i', э: 'e', ю: 'yu',
  я: 'ya', ў: 'oʻ', қ: 'q', ғ: 'gʻ', ҳ: 'h',
}

/** What a Latin word may be made of, the longest first; e depends on its neighbour. */
// biome-ignore format: a table of letters is read in rows.
export const TO_CYRILLIC: readonly (readonly [latin: string, cyrillic: string])[] = [
  ['tsion', 'цион'], ['tsiya', 'ция'], ['sʼh', 'сҳ'], ['ch', 'ч'], ['sh', 'ш'], ['yoʻ', 'йў'], ['gʻ', 'ғ'], ['oʻ', 'ў'],
  ['ye', 'е'], ['yo', 'ё'], ['yu', 'ю'], ['ya', 'я'], ['ʼ', 'ъ'], ['a', 'а'], ['b', 'б'], ['d', 'д'], ['f', 'ф'],
  ['g', 'г'], ['h', 'ҳ'], ['i', 'и'], ['j', 'ж'], ['k', 'к'], ['l', 'л'], ['m', 'м'], ['n', 'н'], ['o', 'о'], ['p', 'п'],
  ['q', 'қ'], ['r', 'р'], ['s', 'с'], ['t', 'т'], ['u', 'у'], ['v', 'в'], ['x', 'х'], ['y', 'й'], ['z', 'з'],
]

/** Stems written otherwise than the rules say; endings follow them. `end` stands only where no ending does. */
export const STEMS: readonly { readonly cyrillic: string; readonly latin: string; readonly end?: string }[] =
  [
    { cyrillic: 'январ', latin: 'yanvar', end: 'ь' },
    { cyrillic: 'феврал', latin: 'fevral', end: 'ь' },
    { cyrillic: 'апрел', latin: 'aprel', end: 'ь' },
    { cyrillic: 'июн', latin: 'iyun', end: 'ь' },
    { cyrillic: 'июл', latin: 'iyul', end: 'ь' },
    { cyrillic: 'сентябр', latin: 'sentabr', end: 'ь' },
    { cyrillic: 'октябр', latin: 'oktabr', end: 'ь' },
    { cyrillic: 'ноябр', latin: 'noyabr', end: 'ь' },
    { cyrillic: 'декабр', latin: 'dekabr', end: 'ь' },
    { cyrillic: 'бюджет', latin: 'budjet' },
    { cyrillic: 'объект', latin: 'obyekt' },
    { cyrillic: 'субъект', latin: 'subyekt' },
    { cyrillic: 'лицей', latin: 'litsey' },
    { cyrillic: 'офицер', latin: 'ofitser' },
    { cyrillic: 'компьютер', latin: 'kompyuter' },
  ]
