/* secret_name - which names say secret */
#include "secret/name.h"

#include "tap.h"

int
main(void)
{
	static const char *const secret[] = {
		"password", "PASSWORD", "Password", "passwd", "PGPASSWORD",
		"DB_PASSWORD_1", "new-password", "password2", "passphrase",
		"secret", "client_secret", "clientSecret", "secrets", "SECRET_ID",
		"token", "GITHUB_TOKEN", "auth-token", "authToken", "token2",
		"accessTokenX", "_authToken", "credential", "CREDENTIALS",
		"apikey", "X-Api-Key", "api_key", "apiKey", "APIKey", "AWSKey",
		"AWS_SECRET_ACCESS_KEY", "private.key", "SSH_KEY", "pass",
		"DB_PASS", "userPass", "pwd", "MYSQL_PWD", "pw", "passin", "auth",
		"basic-auth", "Authorization", "Proxy-Authorization", "HAuthorization",
		"cookie", "Set-Cookie", "sig", "X-Amz-Signature", "GITLAB_PAT",
		"/registry/:_authToken",
	};
	static const char *const harmless[] = {
		"", "x", "key", "KEY", "_key", "monkey", "KEYBOARD", "public_key",
		"publicKey", "primary-key", "sort.key", "PUB_KEY", "cache-key",
		"tokens", "max-tokens", "TOKENIZERS_PARALLELISM", "tokenize",
		"password-file", "PASSWORD_FILE", "passwordFile", "token_url",
		"secret-name", "SSH_AUTH_SOCK", "ask-password", "no-token",
		"no_password", "password-stdin", "PWD", "OLDPWD", "bypass2",
		"compass", "path", "PATH", "signal", "design", "author", "patch",
		"spw", "-", "_", "a-", "..",
	};
	char name[64];
	size_t i;

	for (i = 0; i < sizeof secret / sizeof *secret; i++) {
		snprintf(name, sizeof name, "secret: %s", secret[i]);
		ok(secret_name(secret[i], strlen(secret[i])), name);
	}
	for (i = 0; i < sizeof harmless / sizeof *harmless; i++) {
		snprintf(name, sizeof name, "harmless: %s", harmless[i]);
		ok(!secret_name(harmless[i], strlen(harmless[i])), name);
	}
	ok(!secret_name("secret", 5), "no more is read than its length");
	return done();
}
