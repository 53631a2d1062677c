/**
 * The trust policy of a role that a pool may give, to who signed in or to guests.
 * @see Amazon Cognito developer guide, "Role trust and permissions"
 */
export const trustOfPool = (identityPoolId: string, amr: 'authenticated' | 'unauthenticated'): string =>
  JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: 'cognito-identity.amazonaws.com' },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: { 'cognito-identity.amazonaws.com:aud': identityPoolId },
            'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': amr },
          },
        },
      ],
    },
    undefined,
    2,
  )
