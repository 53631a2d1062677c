/** Pages that only this feature leads to. */
export const AUTHORITY_ADDRESSES = {
  // Not below the other: there, every word is a CA's id.
  register: '/register-certificate-authority',
} as const

export const authorityPaths = { register: () => AUTHORITY_ADDRESSES.register } as const
