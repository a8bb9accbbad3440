import type { BreakCode } from '#core/lib/ids.ts'
import type { BreakRule } from './break-reasons.ts'

/** The breaks of the demo organisation: paid or not, limited or not, and one that a supervisor has to agree to. */
export const DEMO_BREAKS: readonly BreakRule[] = [
  {
    code: 'rest' as BreakCode,
    names: { uz: 'Dam olish', ru: 'Отдых' },
    isPaid: true,
    limitMinutes: 15,
    needsApproval: false,
  },
  {
    code: 'lunch' as BreakCode,
    names: { uz: 'Tushlik', ru: 'Обед' },
    isPaid: false,
    limitMinutes: 60,
    needsApproval: false,
  },
  {
    code: 'prayer' as BreakCode,
    names: { uz: 'Namoz', ru: 'Молитва' },
    isPaid: true,
    limitMinutes: 20,
    needsApproval: false,
  },
  {
    code: 'technical' as BreakCode,
    names: { uz: 'Texnik nosozlik', ru: 'Техническая неполадка' },
    isPaid: true,
    limitMinutes: undefined,
    needsApproval: false,
  },
  {
    code: 'training' as BreakCode,
    names: { uz: 'Oʻquv mashgʻuloti', ru: 'Обучение' },
    isPaid: true,
    limitMinutes: 90,
    needsApproval: true,
  },
]
