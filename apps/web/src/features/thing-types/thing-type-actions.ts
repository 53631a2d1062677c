import type { ThingType } from '@thingdeck/contract'
import type { Action } from '../../shared/action/action.ts'
import { whyNotDeletable } from './deletable.ts'

export type ThingTypeAct = 'deprecate' | 'undeprecate' | 'delete'

export interface AskedAct {
  readonly act: ThingTypeAct
  readonly type: ThingType
}

const SELECT = 'Select one thing type.'

/** What ends a thing type's use, and takes that back. Without a type, why nothing can be done. */
export function thingTypeActions(
  type: ThingType | undefined,
  nowMs: number,
  onAct: (asked: AskedAct) => void,
): readonly Action[] {
  const act = (id: ThingTypeAct, text: string, whyNot: string | undefined): Action => ({
    id,
    text,
    needs: 'admin',
    whyNot: type ? whyNot : SELECT,
    onAction: () => type && onAct({ act: id, type }),
  })
  return [
    act('delete', 'Delete thing type', type && whyNotDeletable(type, nowMs)),
    type?.isDeprecated
      ? act('undeprecate', 'Undo deprecation', undefined)
      : act('deprecate', 'Deprecate thing type', undefined),
  ]
}
