import { useRouter, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Loading } from '../../shared/ui/loading.tsx'
import { validateSignInSearch } from './sign-in-search.ts'

/** Signed in after all (in another tab, say): on to where the person was going. */
export function SignedInPage() {
  // Of this page's own match: that of the location is already the next page's while this one is still there.
  const { returnTo = '/' } = validateSignInSearch(useSearch({ strict: false }))
  const { history } = useRouter()
  useEffect(() => history.replace(returnTo), [history, returnTo])
  return <Loading what="page" />
}
