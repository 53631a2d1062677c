import type { SecureVersion } from 'node:tls'
import type { SecurityPolicyName } from '../foundation/security-policy-name.ts'

/** By OpenSSL's names, the preferred first, with IANA's numbers. */
export type CipherSuites = Readonly<Record<string, number>>

/** Which TLS versions and cipher suites are spoken. */
export interface SecurityPolicy {
  readonly minVersion: Extract<SecureVersion, 'TLSv1.2' | 'TLSv1.3'>
  readonly maxVersion: Extract<SecureVersion, 'TLSv1.2' | 'TLSv1.3'>
  /** For TLS 1.3: good with any certificate. */
  readonly tls13: CipherSuites
  /** For TLS 1.2 with an ECDSA certificate. */
  readonly ecdsa: CipherSuites
  /** For TLS 1.2 with an RSA certificate. */
  readonly rsa: CipherSuites
}

const TLS13: CipherSuites = {
  TLS_AES_128_GCM_SHA256: 0x13_01,
  TLS_AES_256_GCM_SHA384: 0x13_02,
  TLS_CHACHA20_POLY1305_SHA256: 0x13_03,
}

const ECDSA: CipherSuites = {
  'ECDHE-ECDSA-AES128-GCM-SHA256': 0xc0_2b,
  'ECDHE-ECDSA-AES128-SHA256': 0xc0_23,
  'ECDHE-ECDSA-AES128-SHA': 0xc0_09,
  'ECDHE-ECDSA-AES256-GCM-SHA384': 0xc0_2c,
  'ECDHE-ECDSA-AES256-SHA384': 0xc0_24,
  'ECDHE-ECDSA-AES256-SHA': 0xc0_0a,
}

const RSA: CipherSuites = {
  'ECDHE-RSA-AES128-GCM-SHA256': 0xc0_2f,
  'ECDHE-RSA-AES128-SHA256': 0xc0_27,
  'ECDHE-RSA-AES128-SHA': 0xc0_13,
  'ECDHE-RSA-AES256-GCM-SHA384': 0xc0_30,
  'ECDHE-RSA-AES256-SHA384': 0xc0_28,
  'ECDHE-RSA-AES256-SHA': 0xc0_14,
  'AES128-GCM-SHA256': 0x00_9c,
  'AES128-SHA256': 0x00_3c,
  'AES128-SHA': 0x00_2f,
  'AES256-GCM-SHA384': 0x00_9d,
  'AES256-SHA256': 0x00_3d,
  'AES256-SHA': 0x00_35,
}

const only12 = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', tls13: {}, ecdsa: ECDSA } as const

/**
 * AWS IoT Core's predefined security policies, all of them. `TLS12_1_0_2016_01` on AWS's ports 8443 and 8883 is without
 * AES128-SHA256; here each policy is the same on every port.
 * @see AWS IoT Core developer guide, "Transport security in AWS IoT Core", table of security policies
 */
export const SECURITY_POLICIES = {
  IoTSecurityPolicy_TLS13_1_3_2022_10: {
    minVersion: 'TLSv1.3',
    maxVersion: 'TLSv1.3',
    tls13: TLS13,
    ecdsa: {},
    rsa: {},
  },
  IoTSecurityPolicy_TLS13_1_2_2022_10: {
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.3',
    tls13: TLS13,
    ecdsa: ECDSA,
    rsa: RSA,
  },
  IoTSecurityPolicy_TLS12_1_2_2022_10: { ...only12, rsa: RSA },
  IoTSecurityPolicy_TLS12_1_0_2016_01: { ...only12, rsa: RSA },
  IoTSecurityPolicy_TLS12_1_0_2015_01: { ...only12, rsa: { ...RSA, 'DHE-RSA-AES256-SHA': 0x00_39 } },
} as const satisfies Record<SecurityPolicyName, SecurityPolicy>

/** AWS's default in all Regions but GovCloud. */
export const DEFAULT_SECURITY_POLICY: SecurityPolicyName = 'IoTSecurityPolicy_TLS13_1_2_2022_10'
