/** The words of people and their rights, as people read them. */
import type { Role } from '#core/staff/permissions.ts'
import { t } from './i18n.ts'

export function roleText(role: Role): string {
  switch (role) {
    case 'agent':
      return t('Agent')
    case 'supervisor':
      return t('Supervisor')
    case 'editor':
      return t('Editor')
    case 'chancellery':
      return t('Chancellery')
    case 'officer':
      return t('Responsible officer')
    case 'administrator':
      return t('Administrator')
  }
}
