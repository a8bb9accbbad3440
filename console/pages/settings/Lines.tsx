import { Textarea } from '@mantine/core'
import { useState } from 'react'

/** Many of something, one to a line; empty lines are none. */
export function Lines(props: {
  label: string
  value: readonly string[]
  problem: string | undefined
  change: (lines: string[]) => void
}) {
  // As it is typed: an empty line at the end is where the next one begins.
  const [text, setText] = useState(props.value.join('\n'))
  return (
    <Textarea
      label={props.label}
      autosize
      minRows={2}
      maxRows={12}
      spellCheck={false}
      error={props.problem}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        props.change(linesOf(event.currentTarget.value))
      }}
    />
  )
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}
