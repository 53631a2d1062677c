import type { CompiledPolicies } from '@thingdeck/policies'
import type { IamCaller } from './caller.ts'

/** The policies that decide about principals and roles, as they are now. */
export interface PolicySource {
  /**
   * IoT policies attached to a principal (certificate's ARN, identity id) and to thing groups (ARNs), pooled.
   * Principals with the same policies get the same value.
   */
  iotPolicies(principal: string, thingGroupArns: readonly string[]): CompiledPolicies
  /** The IAM policies of a role: its inline and its attached ones. */
  rolePolicies(roleName: string): CompiledPolicies
  /**
   * The IAM policies of somebody who signs, in sets each of which must allow: those of the user (with their groups') or of
   * the role, the permissions boundary, and those that narrow the session.
   */
  iamPolicies(principal: IamCaller): readonly CompiledPolicies[]
}
