import { useLocation, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Loading } from '../../shared/ui/loading.tsx'
import { validateSignInSearch } from './sign-in-search.ts'

/** Signed in after all (in another tab, say): on to where the person was going. */
export function SignedInPage() {
  const { search } = useLocation()
  const { returnTo = '/' } = validateSignInSearch({ ...search })
  const { history } = useRouter()
  useEffect(() => history.replace(returnTo), [history, returnTo])
  return <Loading what="page" />
}
