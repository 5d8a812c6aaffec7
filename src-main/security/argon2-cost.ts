/** Argon2id as the Open Worldwide Application Security Project advises: 19 MiB, two passes, one lane. */
export const argon2Cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
