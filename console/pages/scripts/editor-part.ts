import type { SettingProblem } from '#core/lib/setting-problems.ts'
import type { Script } from '#core/scripts/script.ts'

/** What every part of the editor has: the script, what is wrong with it, and how it is changed. */
export type EditorPart = {
  script: Script
  problems: readonly SettingProblem[]
  set: (script: Script) => void
}
