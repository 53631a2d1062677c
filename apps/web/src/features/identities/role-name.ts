/** `arn:aws:iam::123456789012:role/plant/fitters` → `fitters`. */
export const roleName = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)
