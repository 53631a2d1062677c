const ROLE_ARN = /^arn:aws[a-zA-Z-]*:iam::[0-9]{12}:role\/.+$/

/** `arn:aws:iam::ACCOUNT:role/NAME`, as far as it is looked at before AWS is asked. */
export const isRoleArn = (text: string): boolean => ROLE_ARN.test(text)
