import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import { ROTATION_STAGES, type Rotation, type RotationAction, type RotationStage } from '@thingdeck/contract'
import { formatCount, formatCounted } from '../../shared/format.ts'

/** How far a thing is, in words. */
export const STAGES: Readonly<Record<RotationStage, readonly [StatusIndicatorProps.Type, string]>> = {
  chosen: ['pending', 'without a key yet'],
  requested: ['in-progress', 'certificate being made'],
  prepared: ['pending', 'to be activated'],
  delivered: ['in-progress', 'being activated'],
  waiting: ['pending', 'not seen with it yet'],
  seen: ['success', 'seen with it'],
  deactivating: ['in-progress', 'old one being deactivated'],
  replaced: ['success', 'old one deactivated'],
  deleting: ['in-progress', 'old one being deleted'],
  finished: ['success', 'old one deleted'],
  undoing: ['in-progress', 'being undone'],
  undone: ['stopped', 'undone'],
}

/** `12 not seen with it yet, 3 seen with it`, in the order of the way. */
export function countsInWords({ counts }: Pick<Rotation, 'counts'>): string {
  return ROTATION_STAGES.filter((stage) => (counts[stage] ?? 0) > 0)
    .map((stage) => `${formatCount(counts[stage] ?? 0)} ${STAGES[stage][1]}`)
    .join(', ')
}

/** In which stages an action can be done; of a failure whatever the stage is. */
const FITTING: Readonly<Record<Exclude<RotationAction, 'retry'>, readonly RotationStage[]>> = {
  renew: ['requested', 'prepared'],
  confirm: ['waiting'],
  deactivate: ['seen'],
  delete: ['replaced'],
  undo: ['chosen', 'requested', 'prepared', 'delivered', 'waiting', 'seen', 'deactivating', 'replaced'],
}

/** How many things of a rotation an action would be begun on. */
export const fittingIn = ({ counts, failed }: Pick<Rotation, 'counts' | 'failed'>, action: RotationAction): number =>
  action === 'retry' ? failed : FITTING[action].reduce((sum, stage) => sum + (counts[stage] ?? 0), 0)

export const isFitting = (stage: RotationStage, isFailed: boolean, action: RotationAction): boolean =>
  action === 'retry' ? isFailed : FITTING[action].includes(stage)

/** `1 thing`, `12 things`. */
export const thingsInWords = (count: number): string => formatCounted(count, 'thing')
