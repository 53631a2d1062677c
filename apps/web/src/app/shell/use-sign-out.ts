import { useMutation } from '@tanstack/react-query'
import { useFlash } from '../../shared/flash/flash.tsx'
import { signOut } from '../../shared/session/session.tsx'
import { releaseAllWork, unsavedWork } from '../../shared/unsaved/unsaved-work.ts'

/** Ends the session here, then the one at the identity provider. `before` runs once the first has ended. What would be lost is asked about. */
export function useSignOut(before: () => Promise<void>) {
  const { flash } = useFlash()
  const mutation = useMutation({
    mutationFn: signOut,
    onSuccess: async ({ redirectTo }) => {
      await before()
      location.assign(redirectTo)
    },
    onError: ({ message }) =>
      flash({ id: 'sign-out', type: 'error', header: 'You could not be signed out', content: message }),
  })
  const signOutUnlessWork = () => {
    const lost = unsavedWork()
    if (lost.length > 0 && !confirm(`Signing out loses ${lost.join(' and ')}. Sign out?`)) return
    releaseAllWork()
    mutation.mutate()
  }
  return { signOut: signOutUnlessWork, isSigningOut: mutation.isPending }
}
