import type { Shadow } from '@thingdeck/shadows'
import { useEffect, useMemo, useState } from 'react'
import { type Draft, desiredText, rebaseDraft, resolveDraft } from './model/draft.ts'

/** Keeps what is being written while the shadow goes on beneath it. */
export function useDraft(shadow: Shadow | null) {
  const [draft, setDraft] = useState<Draft>()
  /** Version whose changes by others were last merged into the draft. */
  const [mergedVersion, setMergedVersion] = useState<number>()
  const rebased = useMemo(() => draft && rebaseDraft(draft, shadow), [draft, shadow])

  useEffect(() => {
    // What arrived is what was drafted, most often because it was just sent: nothing is left to send.
    if (rebased?.kind === 'merged' && rebased.draft.text === desiredText(shadow)) setDraft(undefined)
    else if (rebased?.kind === 'merged') {
      setDraft(rebased.draft)
      setMergedVersion(shadow?.version)
    } else if (rebased?.kind === 'untouched' && rebased.draft.base !== draft?.base) setDraft(rebased.draft)
  }, [rebased, draft, shadow])

  const discard = () => {
    setDraft(undefined)
    setMergedVersion(undefined)
  }
  return {
    draft,
    text: draft?.text ?? desiredText(shadow),
    mergedVersion,
    conflict: rebased?.kind === 'conflict' ? rebased : undefined,
    write(text: string) {
      if (text === desiredText(shadow) && draft?.base === shadow) discard()
      else setDraft({ base: draft?.base ?? shadow, text })
    },
    resolve(choices: ReadonlyMap<number, 'mine' | 'theirs'>) {
      if (rebased?.kind === 'conflict') setDraft(resolveDraft(rebased, choices, shadow))
    },
    discard,
  }
}
