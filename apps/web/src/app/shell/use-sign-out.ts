import { useMutation } from '@tanstack/react-query'
import { useFlash } from '../../shared/flash/flash.tsx'
import { sendReports } from '../../shared/reports/report-write.ts'
import { signOut } from '../../shared/session/session.tsx'
import { tellTabs } from '../../shared/session/tabs.ts'
import { releaseAllWork, unsavedWork } from '../../shared/unsaved/unsaved-work.ts'

/** Ends the session here, then the one at the identity provider. `before` runs once the first has ended. What would be lost is asked about. */
export function useSignOut(before: () => Promise<void>) {
  const { flash } = useFlash()
  const mutation = useMutation({
    async mutationFn() {
      await sendReports()
      return await signOut()
    },
    onSuccess: async ({ redirectTo }) => {
      tellTabs({ kind: 'signed-out' })
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
