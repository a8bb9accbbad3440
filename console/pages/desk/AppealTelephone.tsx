import { Checkbox } from '@mantine/core'
import { TELEPHONE_MAX_CHARACTERS } from '#contract/appeals.ts'
import { t } from '../../i18n.ts'
import { LimitedInput } from '../../ui/LimitedText.tsx'
import type { NamedNumber } from './appeal-to-register.ts'

/** Where number and code go. The number that calls is only proposed: it is the citizen who names his telephone, or none. */
export function AppealTelephone(props: {
  named: NamedNumber
  change: (telephone: string | null | undefined) => void
}) {
  const { named, change } = props
  return (
    <>
      <LimitedInput
        type="tel"
        label={t('SMS with number and code goes to')}
        description={t('Read it back to the citizen: whoever holds it follows the appeal.')}
        required={named.isWanted}
        disabled={!named.isWanted}
        most={TELEPHONE_MAX_CHARACTERS}
        autoComplete="off"
        value={named.typed}
        error={named.isWrong && t('Write a mobile number of Uzbekistan, such as +998 90 123 45 67.')}
        onChange={({ currentTarget: { value } }) => change(value)}
      />
      <Checkbox
        label={t('The citizen wants no SMS')}
        checked={!named.isWanted}
        onChange={({ currentTarget: { checked } }) => change(checked ? null : undefined)}
      />
    </>
  )
}
