import { type PolicyHome, policyHome } from '@thingdeck/policies'
import { useMemo } from 'react'
import { useSession } from '../session/session.tsx'

/** Where the policies of the console's account are. */
export function usePolicyHome(): PolicyHome {
  const { region, account } = useSession()
  return useMemo(() => policyHome(region, account), [region, account])
}
