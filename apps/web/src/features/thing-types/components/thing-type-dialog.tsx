import Alert from '@cloudscape-design/components/alert'
import Link from '@cloudscape-design/components/link'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ThingType } from '@thingdeck/contract'
import { useLeave } from '../../../shared/details/use-leave.ts'
import { paths } from '../../../shared/paths.ts'
import { THING_TYPES } from '../../../shared/pickers/registry-keys.ts'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { FirstNames } from '../../../shared/text/first-names.tsx'
import { NameText } from '../../../shared/text/name-text.tsx'
import { thingsOfTypeQuery, thingTypeQuery } from '../api.ts'
import type { AskedAct } from '../thing-type-actions.ts'
import { deletionPlan, deprecationPlan, undeprecationPlan } from '../thing-type-plans.ts'

interface DialogProps {
  readonly type: ThingType
  readonly onClose: () => void
}

/** What ends a thing type's use, or takes that back: said before it is done. */
export function ThingTypeDialog({ act, ...props }: AskedAct & DialogProps) {
  if (act === 'delete') return <DeleteDialog {...props} />
  return <DeprecationDialog isDeprecated={act === 'deprecate'} {...props} />
}

function DeprecationDialog({ type, isDeprecated, onClose }: DialogProps & { readonly isDeprecated: boolean }) {
  const client = useQueryClient()
  const plan = isDeprecated ? deprecationPlan(type) : undeprecationPlan(type)
  return (
    <PlanDialog
      header={plan.title}
      action={isDeprecated ? 'Deprecate thing type' : 'Undo deprecation'}
      plan={{ ...plan, onChange: () => void client.invalidateQueries({ queryKey: THING_TYPES }) }}
      consequences={
        isDeprecated
          ? [
              'No further thing can take it: creating or changing a thing with it is refused, and provisioning that names it fails.',
              'Things that have it keep it, with their attributes. What their messages get stays as it is.',
              'Five minutes later it can be deleted, if no thing has it any more. Undo takes the deprecation back.',
            ]
          : [
              'Things can take it again. If it is deprecated once more, the five minutes until it can be deleted begin anew.',
            ]
      }
      onClose={onClose}
    />
  )
}

/** So many of the things that are in the way are named. */
const NAMED = 5

function DeleteDialog({ type, onClose }: DialogProps) {
  const { thingTypeName } = type
  const client = useQueryClient()
  const leave = useLeave(paths.thingType(thingTypeName), paths.thingTypes())
  const query = useQuery(thingTypeQuery(thingTypeName))
  const things = useInfiniteQuery({ ...thingsOfTypeQuery(thingTypeName, NAMED), staleTime: 0 })
  const having = things.data?.pages.flatMap((page) => page.things) ?? []
  const isRead = query.data !== undefined && things.data !== undefined && !things.isFetching
  return (
    <PlanDialog
      header={`Delete the thing type ${thingTypeName}`}
      action="Delete thing type"
      plan={
        isRead
          ? {
              ...deletionPlan(query.data),
              onChange: () => void client.invalidateQueries({ queryKey: THING_TYPES }),
              onDone: leave,
            }
          : undefined
      }
      error={query.error ?? things.error}
      consequences={[
        'Its description, its searchable and its propagated attributes and its tags are gone. Undo makes it anew.',
        'Templates and provisioning that name it stay, and fail from then on.',
      ]}
      name={thingTypeName}
      whyNot={having.length > 0 ? 'Things still have it.' : undefined}
      onClose={onClose}
    >
      {having.length > 0 && (
        <Alert type="warning" header="AWS deletes no type that a thing has">
          It is the type of{' '}
          <FirstNames
            names={having.map(({ thingName }) => thingName)}
            count={Math.min(having.length, NAMED)}
            most={NAMED}
            show={(thingName) => (
              <Link href={paths.thing(thingName)}>
                <NameText text={thingName} />
              </Link>
            )}
          />
          {things.hasNextPage && ' and others'}. Give{' '}
          <Link href={paths.thingType(thingTypeName, { tab: 'things' })}>these things</Link> another type, or none,
          first.
        </Alert>
      )}
    </PlanDialog>
  )
}
