import type { CompiledPolicies } from '@thingdeck/policies'

/** The policies that decide about principals and roles, as they are now. */
export interface PolicySource {
  /**
   * IoT policies attached to a principal (certificate's ARN, identity id) and to thing groups (ARNs), pooled.
   * Principals with the same policies get the same value.
   */
  iotPolicies(principal: string, thingGroupArns: readonly string[]): CompiledPolicies
  /** The IAM policies of a role. */
  rolePolicies(roleName: string): CompiledPolicies
}
