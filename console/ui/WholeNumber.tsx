import { NumberInput } from '@mantine/core'

/** What is not a number is told as a problem of its field, not put right in silence. */
export function WholeNumber(props: {
  label: string
  range: readonly [least: number, most: number]
  value: number
  problem: string | undefined
  change: (value: number) => void
}) {
  const { change, label, problem, range, value } = props
  const [min, max] = range
  return (
    <NumberInput
      label={label}
      min={min}
      max={max}
      clampBehavior="none"
      allowDecimal={false}
      hideControls
      error={problem}
      value={Number.isNaN(value) ? '' : value}
      onChange={(typed) => change(typeof typed === 'number' ? typed : Number.NaN)}
    />
  )
}
