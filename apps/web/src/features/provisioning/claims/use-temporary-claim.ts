import { useMutation } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../../shared/api.ts'
import { serverNow } from '../../../shared/clock/server-clock.ts'

/**
 * The claim of a trusted person for devices of a template, one at a time: whoever asks for another one while the only copy of
 * a key that is good for something is in the page is asked first.
 */
export function useTemporaryClaim(templateName: string) {
  const [isSaved, setSaved] = useState(false)
  const [isReplacing, setReplacing] = useState(false)
  const { mutate, mutateAsync, data, error, isPending } = useMutation({
    mutationFn: () => api(endpoints.createProvisioningClaim, { params: { templateName } }),
  })
  // What was made is shown until there is another: a refusal must not take its key along.
  const [claim, setClaim] = useState(data)
  if (data && data !== claim) {
    setClaim(data)
    setSaved(false)
  }
  return {
    claim,
    error,
    isPending,
    isSaved,
    onSaved: () => setSaved(true),
    ask: () => {
      const isAtStake = claim && !isSaved && Date.parse(claim.expiresAt) > serverNow()
      if (isAtStake) setReplacing(true)
      else mutate()
    },
    /** Whether it is being asked. */
    isReplacing,
    replace: () => mutateAsync(),
    keep: () => setReplacing(false),
  }
}
