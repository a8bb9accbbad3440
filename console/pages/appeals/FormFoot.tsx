import { Alert, Button } from '@mantine/core'
import { t } from '../../i18n.ts'
import { problemText } from '../../problem-text.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import css from './appeals.module.css'

/** How a form of an appeal's card ends: why it was not taken, the button that sends it, and the one that throws it away. */
export function FormFoot(props: {
  label: string
  saving: { error: unknown; isPending: boolean }
  whyNot: string | undefined
  cancel: () => void
}) {
  const { cancel, label, saving, whyNot } = props
  return (
    <>
      {saving.error !== null && (
        <Alert color="red" role="alert">
          {problemText(saving.error)}
        </Alert>
      )}
      <div className={css.moves}>
        <ActionButton
          label={label}
          isSubmit
          isBusy={saving.isPending}
          whyDisabled={whyNot}
          onPress={() => undefined}
        />
        <Button variant="default" onClick={cancel}>
          {t('Cancel')}
        </Button>
      </div>
    </>
  )
}
