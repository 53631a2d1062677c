/**
 * What whoever has the CA's key elsewhere runs there.
 * @see AWS IoT developer guide, "Register a CA certificate in DEFAULT mode (CLI)"
 */
export const verificationCommands = (registrationCode: string): string =>
  [
    'openssl genrsa -out verification.key 2048',
    `openssl req -new -key verification.key -out verification.csr -subj '/CN=${registrationCode}'`,
    'openssl x509 -req -in verification.csr -CA ca.pem -CAkey ca.key.pem -CAcreateserial \\',
    '  -out verification.pem -days 2 -sha256',
    'cat verification.pem',
  ].join('\n')
