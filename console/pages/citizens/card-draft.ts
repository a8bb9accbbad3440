/**
 * What somebody has changed on a card and not saved yet, with the version it is based on. It stays in the browser's tab,
 * so that a reload loses nothing, and what another saves meanwhile is put beside it, never over it.
 */
import { useState } from 'react'
import type { CardForm, CitizenCard } from '#contract/citizens.ts'
import { changedFields } from '#core/citizens/reconcile.ts'
import { forgetDraft, rememberDraft, rememberedDraft } from '../../draft-memory.ts'

type CardDraft = { basedOn: number; base: CardForm; fields: CardForm }

const nameOf = (card: string) => `citizen.${card}`

export function useCardDraft(card: Pick<CitizenCard, 'id' | 'version' | 'fields'>) {
  const [kept, setKept] = useState(() => rememberedDraft<CardDraft>(nameOf(card.id)))
  // Nothing changed is no draft: the card is then shown as it is now.
  const typed = kept && changedFields(kept.base, kept.fields).length > 0 ? kept : undefined
  const draft = typed ?? { basedOn: card.version, base: card.fields, fields: card.fields }

  function put(next: CardDraft | undefined): void {
    if (next) rememberDraft(nameOf(card.id), next)
    else forgetDraft(nameOf(card.id))
    setKept(next)
  }

  return {
    ...draft,
    isChanged: typed !== undefined,
    /** Somebody else has saved since this was begun. */
    isOvertaken: typed !== undefined && typed.basedOn !== card.version,
    change: (part: Partial<CardForm>) => put({ ...draft, fields: { ...draft.fields, ...part } }),
    discard: () => put(undefined),
  }
}
