import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Loading } from '../../shared/ui/loading.tsx'

const route = getRouteApi('/sign-in')

/** Signed in after all (in another tab, say): on to where the person was going. */
export function SignInRoute() {
  const { returnTo = '/' } = route.useSearch()
  const { history } = useRouter()
  useEffect(() => history.replace(returnTo), [history, returnTo])
  return <Loading what="page" />
}
