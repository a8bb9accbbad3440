import { Button } from '@mantine/core'
import { useState } from 'react'
import type { CitizenCard, DocumentName } from '#contract/citizens.ts'
import { openDocument } from '../../api.ts'
import { fieldText } from '../../citizen-words.ts'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { showProblem } from '../../notify.ts'
import { Digits } from '../../ui/Digits.tsx'

/** PINFL or passport by its ends; in full for whoever asks, and it is written down that he did. */
export function DocumentValue({ card, document }: { card: CitizenCard; document: DocumentName }) {
  const mayOpen = useMay('openDocuments')
  const [opened, setOpened] = useState<string>()
  const masked = card.fields[document]
  if (masked === '') return null
  const open = () => void openDocument(card.id, document).then(setOpened, showProblem)
  return (
    <>
      <Digits>{opened ?? masked}</Digits>{' '}
      {mayOpen && (
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={
            opened === undefined
              ? t('Show in full: {{document}}', { document: fieldText(document) })
              : t('Hide: {{document}}', { document: fieldText(document) })
          }
          onClick={opened === undefined ? open : () => setOpened(undefined)}
        >
          {opened === undefined ? t('Show (recorded)') : t('Hide')}
        </Button>
      )}
    </>
  )
}
