import type { Action } from '../../shared/action/action.ts'
import { formatCount } from '../../shared/format.ts'
import { paths } from '../../shared/paths.ts'

/** Things that something is to be done to: those that were selected, or all that a query finds. */
export type ChosenThings =
  | { readonly things: readonly string[] }
  | { readonly query: string; readonly about: number | undefined }

/** What can be done to things from their list. */
export function thingsActions(chosen: ChosenThings): readonly Action[] {
  const isNone = 'things' in chosen && chosen.things.length === 0
  const number = numberOf(chosen)
  const target = 'things' in chosen ? { things: chosen.things } : { query: chosen.query }
  return [
    {
      id: 'rotate-certificates',
      text: `Rotate certificates${number}`,
      href: paths.createCertificateRotation(target),
      needs: 'admin',
      whyNot: isNone ? 'Select the things whose certificates to rotate.' : undefined,
    },
    {
      id: 'create-job',
      text: `Create job${number}`,
      href: paths.createJob(target),
      needs: 'operator',
      whyNot: isNone ? 'Select the things that are to do something.' : undefined,
    },
    {
      id: 'send-command',
      text: `Send command${number}`,
      href: paths.sendCommand(target),
      needs: 'operator',
      whyNot: isNone ? 'Select the things that are to be sent a command.' : undefined,
    },
    {
      id: 'change-things',
      text: `Change in bulk${number}`,
      href: paths.bulkChanges(target),
      needs: 'operator',
      whyNot: isNone ? 'Select the things to change.' : undefined,
    },
  ]
}

/** ` (2)`; nothing for one, whose name is at hand. */
function numberOf(chosen: ChosenThings): string {
  if ('things' in chosen) return chosen.things.length > 1 ? ` (${formatCount(chosen.things.length)})` : ''
  return chosen.about === undefined ? ' (all)' : ` (about ${formatCount(chosen.about)})`
}
