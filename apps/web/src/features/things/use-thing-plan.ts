import { useQueryClient } from '@tanstack/react-query'
import { CERTIFICATES } from '../../shared/certificate/certificates-key.ts'
import { THINGS } from '../../shared/pickers/registry-keys.ts'
import type { Plan } from '../../shared/plan/plan.ts'

/** Makes plans about one thing: only one of them is under way at a time, and what was read is read anew. */
export function useThingPlan(thingName: string) {
  const client = useQueryClient()
  return (plan: Pick<Plan, 'title' | 'done' | 'steps' | 'onDone'>): Plan => ({
    ...plan,
    id: `thing ${thingName}`,
    onChange: () => {
      for (const queryKey of [THINGS, CERTIFICATES]) void client.invalidateQueries({ queryKey })
    },
  })
}
