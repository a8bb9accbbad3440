import type { Key, ReactNode } from 'react'
import css from './ui.module.css'

export type Column<Row> = { header: string; cell: (row: Row) => ReactNode; isNumber?: boolean }

export function Table<Row>(props: {
  caption: string
  columns: Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => Key
  empty: ReactNode
}) {
  if (props.rows.length === 0) return <p style={{ color: 'var(--mantine-color-dimmed)' }}>{props.empty}</p>
  return (
    // Focusable, so that a table wider than the window can be moved by the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={css.tableScroll} role="group" aria-label={props.caption} tabIndex={0}>
      <table className={css.table}>
        <caption className={css.hidden}>{props.caption}</caption>
        <thead>
          <tr>
            {props.columns.map(({ header }) => (
              <th key={header} scope="col">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={props.rowKey(row)}>
              {props.columns.map(({ header, cell, isNumber }) => (
                <td key={header} className={isNumber ? css.digits : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
