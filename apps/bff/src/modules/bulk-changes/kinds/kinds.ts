import type { BulkChangeChange, BulkChangeKind } from '@thingdeck/contract'
import type { Aws } from '../../../aws/aws.ts'
import { createAttributesKind } from './attributes-kind.ts'
import { createBillingGroupKind } from './billing-group-kind.ts'
import { createCertificatesKind } from './certificates-kind.ts'
import { createCommandKind } from './command-kind.ts'
import { createCreateKind } from './create-kind.ts'
import { createDeleteKind } from './delete-kind.ts'
import { createGroupsKind } from './groups-kind.ts'
import type { Kind } from './kind.ts'
import { createPolicyKind } from './policy-kind.ts'
import { createShadowKind } from './shadow-kind.ts'
import { createTagsKind } from './tags-kind.ts'
import { createTypeKind } from './type-kind.ts'

type ChangeOf<Name extends BulkChangeKind> = Extract<BulkChangeChange, { readonly kind: Name }>
type KindTable = { readonly [Name in BulkChangeKind]: Kind<ChangeOf<Name>> }

export interface Kinds {
  /** It takes changes of its own name only. */
  of(change: BulkChangeChange): Kind<BulkChangeChange>
  /** @throws {Problem} BAD_REQUEST of what AWS would refuse for every target */
  check(change: BulkChangeChange): void
}

export function createKinds(aws: Aws): Kinds {
  const kinds: KindTable = {
    shadow: createShadowKind(aws),
    attributes: createAttributesKind(aws),
    type: createTypeKind(aws),
    groups: createGroupsKind(aws),
    'billing-group': createBillingGroupKind(aws),
    tags: createTagsKind(aws),
    policy: createPolicyKind(aws),
    certificates: createCertificatesKind(aws),
    command: createCommandKind(aws),
    create: createCreateKind(aws),
    delete: createDeleteKind(aws),
  }
  const of = ({ kind }: BulkChangeChange): Kind<BulkChangeChange> => kinds[kind]
  return { of, check: (change) => of(change).check?.(change) }
}
