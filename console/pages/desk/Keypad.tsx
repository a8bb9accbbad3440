import { Button } from '@mantine/core'
import { useState } from 'react'
import { t } from '../../i18n.ts'
import { Digits } from '../../ui/Digits.tsx'
import css from './desk.module.css'

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']

/** Key tones to the citizen's side; typed on the keyboard as well while it is open. */
export function Keypad({ press }: { press: (digit: string) => void }) {
  const [sent, setSent] = useState('')
  const send = (digit: string) => {
    press(digit)
    setSent(sent + digit)
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      onKeyDown={({ key }) => {
        if (KEYS.includes(key)) send(key)
      }}
    >
      <output aria-label={t('Sent')} style={{ display: 'block', minHeight: '1.6rem', textAlign: 'center' }}>
        <Digits>{sent.slice(-16)}</Digits>
      </output>
      <div className={css.keypad}>
        {KEYS.map((digit) => (
          <Button key={digit} variant="default" px={0} onClick={() => send(digit)}>
            {digit}
          </Button>
        ))}
      </div>
    </div>
  )
}
