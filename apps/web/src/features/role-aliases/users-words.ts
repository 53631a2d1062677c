import type { RoleAliasUsers } from '@thingdeck/contract'
import { formatCount, formatCounted } from '../../shared/format.ts'

/** Who may use an alias, in a sentence, and how certain that is. */
export function usersInWords(users: RoleAliasUsers | undefined): string {
  if (!users) return 'The policies are being looked through for who may use it.'
  const { policies, isOver, isAll, looked, listed } = users
  const allowing = policies.filter(({ effect }) => effect !== 'denies')
  const targets = allowing.flatMap((policy) => policy.targets)
  const certificates = new Set(targets.filter((target) => target.includes(':cert/'))).size
  const groups = new Set(targets.filter((target) => target.includes(':thinggroup/'))).size
  const isAtLeast = !isOver || !isAll || allowing.some(({ hasMoreTargets }) => hasMoreTargets)
  const few = isAtLeast ? 'at least ' : ''
  const howFar = isOver
    ? ''
    : ` (${formatCount(looked)} of ${formatCounted(listed, 'policy', 'policies')} were looked at so far)`
  if (allowing.length === 0) {
    return isOver && isAll
      ? 'No policy of this account lets anybody use it.'
      : `No policy that lets anybody use it was found${howFar}.`
  }
  const who = [
    certificates > 0 ? `${few}${formatCounted(certificates, 'certificate')}` : undefined,
    groups > 0 ? `the certificates of the things in ${few}${formatCounted(groups, 'thing group')}` : undefined,
  ].filter((each) => each !== undefined)
  const by = `${few}${formatCounted(allowing.length, 'policy', 'policies')}`
  return who.length === 0
    ? `${by} would let devices use it, and none is attached to anything${howFar}.`
    : `${who.join(' and ')} may use it, by ${by}${howFar}.`
}
