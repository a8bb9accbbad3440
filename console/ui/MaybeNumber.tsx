import { NumberInput } from '@mantine/core'

/** A whole number, or nothing: what nothing means is shown in its place. What is no number is told, not put right in silence. */
export function MaybeNumber(props: {
  label: string
  none: string
  value: number | null
  problem: string | undefined
  change: (value: number | null) => void
}) {
  const { change, label, none, problem, value } = props
  return (
    <NumberInput
      label={label}
      placeholder={none}
      clampBehavior="none"
      allowDecimal={false}
      hideControls
      error={problem}
      value={value === null || Number.isNaN(value) ? '' : value}
      // A number with too many digits comes as the text it is.
      onChange={(typed) => change(typed === '' ? null : Number(typed))}
    />
  )
}
