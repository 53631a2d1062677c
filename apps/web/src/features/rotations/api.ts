import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { endpoints, type RotationAction, type RotationStage } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'

/** Prefix of every key of this feature. */
export const ROTATIONS = ['rotations'] as const

/** While something goes on. */
const POLL_MS = 2_000

export const rotationListQuery = queryOptions({
  queryKey: [...ROTATIONS, 'list'],
  queryFn: ({ signal }) => api(endpoints.listRotations, { signal }),
  refetchInterval: ({ state }) => (state.data?.rotations.some(({ isOver }) => !isOver) ? 3 * POLL_MS : false),
})

export const rotationQuery = (rotationId: string) =>
  queryOptions({
    queryKey: [...ROTATIONS, 'rotation', rotationId],
    queryFn: ({ signal }) => api(endpoints.describeRotation, { params: { rotationId }, signal }),
    refetchInterval: POLL_MS,
  })

export const rotationThingPagesQuery = (
  rotationId: string,
  stage: RotationStage | 'failed' | undefined,
  limit: number,
) =>
  infiniteQueryOptions({
    queryKey: [...ROTATIONS, 'things', rotationId, stage ?? '', limit],
    queryFn: async ({ signal, pageParam: offset }) => {
      const which = stage === 'failed' ? { failed: true } : { stage }
      const query = { ...which, offset, limit }
      const { things, total } = await api(endpoints.listRotationThings, { params: { rotationId }, query, signal })
      return { things, total, next: offset + things.length < total ? offset + things.length : undefined }
    },
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    refetchInterval: 2 * POLL_MS,
  })

/** So many things are asked for at once, where all are asked for. */
const NAMES_AT_ONCE = 500

/** All things of a rotation that are at a stage, by name. */
export async function namesOfRotation(rotationId: string, stage: RotationStage): Promise<string[]> {
  const names: string[] = []
  for (;;) {
    const query = { stage, offset: names.length, limit: NAMES_AT_ONCE }
    const { things, total } = await api(endpoints.listRotationThings, { params: { rotationId }, query })
    names.push(...things.map(({ thingName }) => thingName))
    if (names.length >= total || things.length === 0) return names
  }
}

export const changeRotation = (rotationId: string, action: RotationAction, thingNames?: readonly string[]) =>
  api(endpoints.changeRotation, {
    params: { rotationId },
    body: { action, ...(thingNames && { thingNames: [...thingNames] }) },
  })
