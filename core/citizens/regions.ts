/** Where a citizen lives: the fourteen regions, by the codes of the state classifier of territories (MHOBT). */
import type { Texts } from '../lib/languages.ts'

export const REGIONS = [
  '1703',
  '1706',
  '1708',
  '1710',
  '1712',
  '1714',
  '1718',
  '1722',
  '1724',
  '1726',
  '1727',
  '1730',
  '1733',
  '1735',
] as const
export type Region = (typeof REGIONS)[number]

export const REGION_NAMES: Readonly<Record<Region, Texts>> = {
  '1703': { uz: 'Andijon viloyati', ru: 'Андижанская область' },
  '1706': { uz: 'Buxoro viloyati', ru: 'Бухарская область' },
  '1708': { uz: 'Jizzax viloyati', ru: 'Джизакская область' },
  '1710': { uz: 'Qashqadaryo viloyati', ru: 'Кашкадарьинская область' },
  '1712': { uz: 'Navoiy viloyati', ru: 'Навоийская область' },
  '1714': { uz: 'Namangan viloyati', ru: 'Наманганская область' },
  '1718': { uz: 'Samarqand viloyati', ru: 'Самаркандская область' },
  '1722': { uz: 'Surxondaryo viloyati', ru: 'Сурхандарьинская область' },
  '1724': { uz: 'Sirdaryo viloyati', ru: 'Сырдарьинская область' },
  '1726': { uz: 'Toshkent shahri', ru: 'город Ташкент' },
  '1727': { uz: 'Toshkent viloyati', ru: 'Ташкентская область' },
  '1730': { uz: 'Fargʻona viloyati', ru: 'Ферганская область' },
  '1733': { uz: 'Xorazm viloyati', ru: 'Хорезмская область' },
  '1735': { uz: 'Qoraqalpogʻiston Respublikasi', ru: 'Республика Каракалпакстан' },
}
