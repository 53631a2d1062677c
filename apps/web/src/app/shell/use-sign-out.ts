import { useMutation } from '@tanstack/react-query'
import { useFlash } from '../../shared/flash/flash.tsx'
import { signOut } from '../../shared/session/session.tsx'

/** Ends the session here, then the one at the identity provider. `before` runs once the first has ended. */
export function useSignOut(before: () => Promise<void>) {
  const { flash } = useFlash()
  return useMutation({
    mutationFn: signOut,
    onSuccess: async ({ redirectTo }) => {
      await before()
      location.assign(redirectTo)
    },
    onError: ({ message }) =>
      flash({ id: 'sign-out', type: 'error', header: 'You could not be signed out', content: message }),
  })
}
