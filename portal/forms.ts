/** Parts of forms: fields with their label, hint and complaint, and the form around them. */
import { type Html, html, type Part } from './html.ts'
import { textsIn } from './texts.ts'
import type { View } from './view.ts'

/** A field no person sees; who fills it in is a program. */
export const TRAP_FIELD = 'website'
export const TOKEN_FIELD = 'token'

type Form = { to: string; body: Part; button: string; tone?: 'main' | 'quiet' | 'grave' }

export function form(view: View, { to, body, button, tone = 'main' }: Form): Html {
  return html`<form method="post" action="${to}" novalidate>
<input type="hidden" name="${TOKEN_FIELD}" value="${view.token}">
${body}
<button type="submit" class="${tone}">${button}</button>
</form>`
}

type Field = {
  name: string
  label: string
  value?: string | undefined
  hint?: string | undefined
  problem?: string | undefined
  /** Attributes that are a field's own. A limit is none of them: a browser would cut what is pasted without a word. */
  type?: 'text' | 'tel' | 'search'
  autocomplete?: string
  inputmode?: 'text' | 'numeric' | 'tel'
  /** Lines; then it is a place for a longer text. */
  rows?: number
  /** May be left empty. */
  isOptional?: boolean
  /** The first field with a complaint is where the reader begins. */
  focus?: boolean
}

export function field(given: Field): Html {
  const { name, label, hint, problem } = given
  const told = [hint && `${name}-hint`, problem && `${name}-problem`].filter(Boolean).join(' ')
  const attributes = html` id="${name}" name="${name}"${!given.isOptional && html` required`}${told !== '' && html` aria-describedby="${told}"`}${
    problem && html` aria-invalid="true"`
  }${given.focus && html` autofocus`} autocomplete="${given.autocomplete ?? 'off'}"`
  return html`<div class="field">
<label for="${name}">${label}</label>
${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
${problem && html`<p class="problem" id="${name}-problem">${problem}</p>`}
${
  given.rows === undefined
    ? html`<input type="${given.type ?? 'text'}"${attributes}${
        given.inputmode && html` inputmode="${given.inputmode}"`
      } value="${given.value ?? ''}">`
    : html`<textarea rows="${given.rows}"${attributes}>${'\n'}${given.value ?? ''}</textarea>`
}
</div>`
}

type Choice = { value: string; label: string; hint?: string }
type Choices = {
  name: string
  label: string
  choices: readonly Choice[]
  value?: string | undefined
  problem?: string | undefined
}

export function choices({ name, label, choices: all, value, problem }: Choices): Html {
  return html`<fieldset class="field"${problem && html` aria-describedby="${name}-problem"`}>
<legend>${label}</legend>
${problem && html`<p class="problem" id="${name}-problem">${problem}</p>`}
${all.map(
  (one) =>
    html`<label class="choice"><input type="radio" name="${name}" value="${one.value}"${
      one.value === value && html` checked`
    }><span>${one.label}${one.hint && html`<span class="hint">${one.hint}</span>`}</span></label>`,
)}
</fieldset>`
}

type Tick = { name: string; value: string; label: string; hint: string; isTicked: boolean }

export function tick({ hint, isTicked, label, name, value }: Tick): Html {
  return html`<div class="field"><label class="choice"><input type="checkbox" name="${name}" value="${value}"${
    isTicked && html` checked`
  }><span>${label}<span class="hint">${hint}</span></span></label></div>`
}

export function trap(view: View): Html {
  const t = textsIn(view.language)
  return html`<div class="trap" aria-hidden="true"><label for="${TRAP_FIELD}">${t('Leave this empty')}</label><input type="text" id="${TRAP_FIELD}" name="${TRAP_FIELD}" tabindex="-1" autocomplete="off"></div>`
}

/** At a field: `most` and `over` are letters. */
export const TOO_LONG = 'This is too long: at most {most} letters, {over} too many.'

/** What went wrong with the form as a whole. */
export function complaint(text: string | undefined): Html | undefined {
  return text === undefined ? undefined : html`<p class="complaint" role="alert">${text}</p>`
}
