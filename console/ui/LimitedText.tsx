/**
 * Places for a text that has a limit. A browser's own limit cuts what is pasted without a word; these take all of it,
 * say at the field how much is too much, and hold back the form they stand in until it is shortened. What is sent
 * by a button outside of a form asks `tooLong` itself.
 */
import { Textarea, type TextareaProps, TextInput, type TextInputProps } from '@mantine/core'
import { useMergedRef } from '@mantine/hooks'
import { type Ref, useLayoutEffect, useRef } from 'react'
import { tooLong } from './too-long.ts'

type Limited<Element> = { value: string; most: number; ref?: Ref<Element> }

export function LimitedInput(props: Omit<TextInputProps, 'maxLength'> & Limited<HTMLInputElement>) {
  const { error, most, ref, ...input } = props
  const problem = tooLong(input.value, most)
  const held = useHeldBack<HTMLInputElement>(problem)
  return <TextInput {...input} ref={useMergedRef(held, ref)} error={problem ?? error} />
}

type AreaProps = Omit<TextareaProps, 'maxLength'>

export function LimitedArea({ most, ...area }: AreaProps & Limited<HTMLTextAreaElement>) {
  return <JudgedArea {...area} problem={tooLong(area.value, most)} />
}

/** For a text whose limit is not one of its whole length: of a list it is one of each line. */
export function JudgedArea(
  props: AreaProps & { problem: string | undefined; ref?: Ref<HTMLTextAreaElement> },
) {
  const { error, problem, ref, ...area } = props
  const held = useHeldBack<HTMLTextAreaElement>(problem)
  return <Textarea {...area} ref={useMergedRef(held, ref)} error={problem ?? error} />
}

/** The browser then sends no form with it, and says why at the field. */
export function useHeldBack<Element extends HTMLInputElement | HTMLTextAreaElement>(
  problem: string | undefined,
) {
  const field = useRef<Element>(null)
  useLayoutEffect(() => field.current?.setCustomValidity(problem ?? ''), [problem])
  return field
}
