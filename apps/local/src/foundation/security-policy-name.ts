/**
 * AWS IoT Core's predefined security policies, all of them.
 * @see AWS IoT Core developer guide, "Transport security in AWS IoT Core", table of security policies
 */
export const SECURITY_POLICY_NAMES = [
  'IoTSecurityPolicy_TLS13_1_3_2022_10',
  'IoTSecurityPolicy_TLS13_1_2_2022_10',
  'IoTSecurityPolicy_TLS12_1_2_2022_10',
  'IoTSecurityPolicy_TLS12_1_0_2016_01',
  'IoTSecurityPolicy_TLS12_1_0_2015_01',
] as const

export type SecurityPolicyName = (typeof SECURITY_POLICY_NAMES)[number]

/** Names one of {@link SECURITY_POLICY_NAMES}. */
export function isSecurityPolicy(name: string): name is SecurityPolicyName {
  return SECURITY_POLICY_NAMES.some((known) => known === name)
}
