/** Who is signed in, for every page behind the sign-in. */
import { createContext, useContext } from 'react'
import type { Me } from '#contract/staff.ts'
import type { Action } from '#core/staff/permissions.ts'

export const MeContext = createContext<Me | undefined>(undefined)

export function useSignedIn(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('A page for signed-in people was drawn for nobody')
  return me
}

export function useMay(action: Action): boolean {
  return useSignedIn().may.includes(action)
}
