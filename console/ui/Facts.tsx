import type { ReactNode } from 'react'
import css from './ui.module.css'

export type Fact = { name: string; value: ReactNode }

/** Names and values; what has no value is left out. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className={css.facts}>
      {facts
        .filter(({ value }) => value !== null && value !== undefined && value !== false && value !== '')
        .map(({ name, value }) => (
          <Pair key={name} name={name} value={value} />
        ))}
    </dl>
  )
}

function Pair({ name, value }: Fact) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}
