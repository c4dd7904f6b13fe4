#include "secret/rules.h"

#define ALNUM SECRET_ALNUM
#define WORD SECRET_WORD
#define DOT SECRET_DOT
#define HEX (SECRET_LOWER | SECRET_UPPER | SECRET_DIGIT)

const struct secret_rules_shape secret_rules_shapes[] = {
	{ "AWS access key ID", "AKIA", SECRET_UPPER | SECRET_DIGIT, 16, false },
	{ "AWS access key ID", "ASIA", SECRET_UPPER | SECRET_DIGIT, 16, false },
	{ "AWS access key ID", "ABIA", SECRET_UPPER | SECRET_DIGIT, 16, true },
	{ "AWS access key ID", "ACCA", SECRET_UPPER | SECRET_DIGIT, 16, true },
	{ "AWS API key", "ABSK", ALNUM | SECRET_SLASH | SECRET_PLUS, 90, true },
	{ "Google API key", "AIza", WORD, 35, false },
	{ "Google client secret", "GOCSPX-", WORD, 16, false },
	{ "Google access token", "ya29.", WORD | DOT, 16, true },
	{ "GitHub token", "ghp_", ALNUM, 16, false },
	{ "GitHub token", "gho_", ALNUM, 16, false },
	{ "GitHub token", "ghs_", WORD | DOT, 16, false },
	{ "GitHub token", "ghu_", ALNUM, 16, false },
	{ "GitHub token", "ghr_", ALNUM, 16, false },
	{ "GitHub token", "github_pat_", ALNUM | SECRET_UNDERSCORE, 16, false },
	{ "GitLab token", "glpat-", WORD | DOT, 16, false },
	{ "GitLab token", "gldt-", WORD, 16, false },
	{ "GitLab token", "glptt-", WORD, 16, false },
	{ "GitLab token", "glrt-", WORD | DOT, 16, false },
	{ "GitLab token", "glcbt-", WORD, 16, false },
	{ "GitLab token", "gloas-", WORD, 16, false },
	{ "GitLab token", "glsoat-", WORD, 16, false },
	{ "GitLab token", "glft-", WORD, 16, false },
	{ "GitLab token", "glimt-", WORD, 16, false },
	{ "GitLab token", "glagent-", WORD, 16, false },
	{ "GitLab token", "glffct-", WORD, 16, false },
	{ "GitLab token", "GR1348941", WORD, 16, true },
	{ "Bitbucket token", "ATBB", ALNUM, 28, true },
	{ "Atlassian token", "ATATT3", WORD, 60, true },
	{ "Slack token", "xoxa-", ALNUM | SECRET_DASH, 10, false },
	{ "Slack token", "xoxb-", ALNUM | SECRET_DASH, 10, false },
	{ "Slack token", "xoxc-", ALNUM | SECRET_DASH, 10, false },
	{ "Slack token", "xoxd-", WORD | SECRET_SLASH | SECRET_PLUS, 10, false },
	{ "Slack token", "xoxe-", ALNUM | SECRET_DASH, 10, false },
	{ "Slack token", "xoxe.", ALNUM | SECRET_DASH | DOT, 10, false },
	{ "Slack token", "xoxo-", ALNUM | SECRET_DASH, 10, false },
	{ "Slack token", "xoxp-", ALNUM | SECRET_DASH, 10, false },
	{ "Slack token", "xoxr-", ALNUM | SECRET_DASH, 10, false },
	{ "Slack token", "xoxs-", ALNUM | SECRET_DASH, 10, false },
	{ "Slack token", "xapp-1-", ALNUM | SECRET_DASH, 10, false },
	{ "webhook", "hooks.slack.com/services/", ALNUM | SECRET_SLASH, 16, false },
	{ "webhook", "hooks.slack.com/workflows/", ALNUM | SECRET_SLASH, 16, false },
	{ "webhook", "discord.com/api/webhooks/", WORD | SECRET_SLASH, 16, false },
	{ "webhook", "discordapp.com/api/webhooks/", WORD | SECRET_SLASH, 16, false },
	{ "webhook", "webhook.office.com/webhookb2/", WORD | SECRET_SLASH, 16, false },
	{ "webhook", "api.telegram.org/bot", WORD, 8, false },
	{ "npm token", "npm_", ALNUM, 36, false },
	{ "PyPI token", "pypi-AgE", WORD, 16, false },
	{ "RubyGems key", "rubygems_", ALNUM, 40, true },
	{ "crates.io token", "cio", ALNUM, 32, true },
	{ "Docker token", "dckr_pat_", WORD, 16, false },
	{ "Docker token", "dckr_oat_", WORD, 16, false },
	{ "Stripe key", "sk_live_", ALNUM, 16, false },
	{ "Stripe key", "sk_test_", ALNUM, 16, false },
	{ "Stripe key", "rk_live_", ALNUM, 16, false },
	{ "Stripe key", "rk_test_", ALNUM, 16, false },
	{ "Stripe key", "whsec_", ALNUM | SECRET_SLASH | SECRET_PLUS, 24, false },
	{ "Square token", "sq0atp-", WORD, 22, true },
	{ "Square token", "sq0csp-", WORD, 40, true },
	{ "Shopify token", "shpat_", HEX, 16, false },
	{ "Shopify token", "shpca_", HEX, 16, false },
	{ "Shopify token", "shppa_", HEX, 16, false },
	{ "Shopify token", "shpss_", HEX, 16, false },
	{ "OpenAI key", "sk-proj-", WORD, 20, true },
	{ "OpenAI key", "sk-svcacct-", WORD, 20, true },
	{ "OpenAI key", "sk-admin-", WORD, 20, true },
	{ "Anthropic key", "sk-ant-", WORD, 20, true },
	{ "OpenRouter key", "sk-or-v1-", HEX, 32, true },
	{ "OpenAI key", "sk-", ALNUM, 32, true },
	{ "Hugging Face token", "hf_", ALNUM, 30, true },
	{ "Hugging Face token", "api_org_", ALNUM, 30, true },
	{ "Replicate token", "r8_", ALNUM, 37, true },
	{ "Groq key", "gsk_", ALNUM, 40, true },
	{ "xAI key", "xai-", WORD, 60, true },
	{ "Perplexity key", "pplx-", ALNUM, 40, true },
	{ "NVIDIA key", "nvapi-", WORD, 40, true },
	{ "LangSmith key", "lsv2_pt_", ALNUM | SECRET_UNDERSCORE, 32, true },
	{ "LangSmith key", "lsv2_sk_", ALNUM | SECRET_UNDERSCORE, 32, true },
	{ "Vault token", "hvs.", WORD, 24, true },
	{ "Vault token", "hvb.", WORD, 24, true },
	{ "Vault token", "hvr.", WORD, 24, true },
	{ "DigitalOcean token", "dop_v1_", HEX, 32, true },
	{ "DigitalOcean token", "doo_v1_", HEX, 32, true },
	{ "DigitalOcean token", "dor_v1_", HEX, 32, true },
	{ "Tailscale key", "tskey-", WORD, 16, true },
	{ "Heroku key", "HRKU-", WORD, 32, true },
	{ "Netlify token", "nfp_", ALNUM, 30, true },
	{ "Fly.io token", "fm2_", ALNUM | SECRET_SLASH | SECRET_PLUS, 60, true },
	{ "Supabase token", "sbp_", HEX, 32, true },
	{ "PlanetScale token", "pscale_tkn_", WORD | DOT, 32, true },
	{ "PlanetScale password", "pscale_pw_", WORD | DOT, 32, true },
	{ "PlanetScale token", "pscale_oauth_", WORD | DOT, 32, true },
	{ "Databricks token", "dapi", SECRET_LOWER | SECRET_DIGIT, 32, true },
	{ "Doppler token", "dp.pt.", ALNUM, 40, true },
	{ "Doppler token", "dp.st.", WORD | DOT, 40, true },
	{ "Pulumi token", "pul-", HEX, 40, true },
	{ "Terraform token", "tfp_", WORD | DOT, 40, true },
	{ "JFrog key", "AKCp", ALNUM, 60, true },
	{ "SendGrid key", "SG.", WORD | DOT, 40, true },
	{ "Brevo key", "xkeysib-", HEX | SECRET_DASH, 64, true },
	{ "Postman key", "PMAK-", HEX | SECRET_DASH, 50, true },
	{ "New Relic key", "NRAK-", SECRET_UPPER | SECRET_DIGIT, 27, true },
	{ "Sentry token", "sntrys_", ALNUM | SECRET_SLASH | SECRET_PLUS, 40, true },
	{ "Sentry token", "sntryu_", HEX, 40, true },
	{ "Grafana token", "glsa_", ALNUM | SECRET_UNDERSCORE, 32, true },
	{ "Grafana token", "glc_", ALNUM | SECRET_SLASH | SECRET_PLUS, 32, true },
	{ "Dynatrace token", "dt0c01.", SECRET_UPPER | SECRET_DIGIT | DOT, 80, true },
	{ "SonarQube token", "sqp_", HEX, 40, true },
	{ "SonarQube token", "squ_", HEX, 40, true },
	{ "SonarQube token", "sqa_", HEX, 40, true },
	{ "CircleCI token", "CCIPAT_", ALNUM | SECRET_UNDERSCORE, 40, true },
	{ "Buildkite token", "bkua_", HEX, 40, true },
	{ "Linear key", "lin_api_", ALNUM, 32, true },
	{ "Notion token", "ntn_", ALNUM, 40, true },
	{ "Figma token", "figd_", WORD, 36, true },
	{ "Contentful token", "CFPAT-", WORD, 40, true },
	{ "Alibaba access key ID", "LTAI", ALNUM, 16, true },
	{ "age secret key", "AGE-SECRET-KEY-1", SECRET_UPPER | SECRET_DIGIT, 50,
	    true },
	{ "bearer token", "Bearer ", WORD | DOT | SECRET_SLASH | SECRET_PLUS, 16,
	    false },
	{ "JSON web token", "eyJ", WORD | DOT, 60, false },
};

const size_t secret_rules_nshapes =
    sizeof secret_rules_shapes / sizeof *secret_rules_shapes;

#define ONLY(program, option, attached, separate) \
	{ program, false, NULL, option, attached, separate, SECRET_ALL }
#define FAMILY(program, option, attached, separate) \
	{ program, true, NULL, option, attached, separate, SECRET_ALL }
#define PART(program, option, part) \
	{ program, false, NULL, option, true, true, SECRET_BEHIND_##part }
/* --option VALUE and --option=VALUE */
#define LONG(program, option, part) \
	{ program, false, NULL, option, false, true, SECRET_BEHIND_##part }, \
	{ program, false, NULL, option "=", true, false, SECRET_BEHIND_##part }
#define WITHIN(program, command, option) \
	{ program, false, command, option, false, true, SECRET_ALL }, \
	{ program, false, command, option "=", true, false, SECRET_ALL }

const struct secret_rules_option secret_rules_options[] = {
	FAMILY("mysql", "-p", true, false),
	FAMILY("mariadb", "-p", true, false),
	FAMILY("mongo", "-p", true, true),
	ONLY("redis-cli", "-a", false, true),
	ONLY("valkey-cli", "-a", false, true),
	ONLY("cqlsh", "-p", false, true),
	ONLY("sqlcmd", "-P", true, true),
	ONLY("bcp", "-P", true, true),
	ONLY("tsql", "-P", true, true),
	ONLY("beeline", "-p", false, true),
	ONLY("vsql", "-w", false, true),
	FAMILY("ldap", "-w", true, true),
	ONLY("sshpass", "-p", true, true),
	ONLY("ssh-keygen", "-N", false, true),
	ONLY("ssh-keygen", "-P", false, true),
	ONLY("login", "-p", true, true),	/* docker login */
	PART("curl", "-u", COLON),
	PART("curl", "-U", COLON),
	LONG("curl", "--user", COLON),
	LONG("curl", "--proxy-user", COLON),
	PART("curl", "-E", COLON),
	LONG("curl", "--cert", COLON),
	PART("curl", "-b", EQUALS),
	LONG("curl", "--cookie", EQUALS),
	PART("http", "-a", COLON),
	PART("https", "-a", COLON),
	PART("smbclient", "-U", PERCENT),
	LONG("smbclient", "--user", PERCENT),
	PART("rpcclient", "-U", PERCENT),
	PART("lftp", "-u", COMMA),
	LONG("lftp", "--user", COMMA),
	FAMILY("ncftp", "-p", false, true),
	LONG("etcdctl", "--user", COLON),
	FAMILY("mosquitto_", "-P", false, true),
	FAMILY("snmp", "-A", true, true),
	FAMILY("snmp", "-X", true, true),
	ONLY("ipmitool", "-P", true, true),
	ONLY("rdesktop", "-p", true, true),
	FAMILY("xfreerdp", "/p:", true, false),
	ONLY("swaks", "-ap", false, true),
	ONLY("zip", "-P", true, true),
	ONLY("unzip", "-P", true, true),
	FAMILY("7z", "-p", true, false),
	WITHIN("twine", "upload", "-p"),
	WITHIN("poetry", "publish", "-p"),
	WITHIN("flit", "publish", "-p"),
	WITHIN("openssl", "enc", "-k"),
	WITHIN("openssl", "enc", "-K"),
	WITHIN("gh", "secret", "--body"),
	WITHIN("gh", "secret", "-b"),
	WITHIN("aws", "put-parameter", "--value"),
	LONG("kubectl", "--from-literal", EQUALS),
	LONG("oc", "--from-literal", EQUALS),
	{ "rclone", false, "config", NULL, false, true, SECRET_ALL },
	{ "nmcli", false, NULL, NULL, false, true, SECRET_ALL },
};

_Static_assert(sizeof secret_rules_options / sizeof *secret_rules_options <=
    SECRET_RULES_MAX_OPTIONS, "one bit for each option");

const size_t secret_rules_noptions =
    sizeof secret_rules_options / sizeof *secret_rules_options;

const char *const secret_rules_anywhere[] = {
	"passw", "passphrase", "secret", "credential", "apikey", "authorization",
	NULL
};
const char *const secret_rules_last[] = {
	"pass", "pwd", "pw", "passin", "passout", "auth", "pat", "sig",
	"signature", "cookie", "bearer", "passcode", "creds", "psk", NULL
};
const char *const secret_rules_ending[] = {
	"pass", "pwd", "auth", "passwd", "passcode", NULL
};
const char *const secret_rules_not_ending[] = {
	"bypass", "compass", "encompass", "trespass", "underpass", "overpass",
	"surpass", "oauth", "unauth", "preauth", "reauth", "multipass",
	"onepass", "twopass", "singlepass", "lowpass", "highpass", "bandpass",
	"firstpass", "getcwd", NULL
};
const char *const secret_rules_keys[] = {
	"auth", "access", "account", "storage", "private", "priv", "ssh",
	"gpg", "pgp", "signing", "license", "master", "encryption", "deploy",
	"shared", "session", "service", "api", "app", "subscription",
	"preshared", "secret", NULL
};
const char *const secret_rules_open_keys[] = {
	"public", "pub", "primary", "foreign", "sort", "partition", "host",
	"group", "cache", "index", "object", "routing", "shortcut", "hot", NULL
};
const char *const secret_rules_flags[] = {
	"no", "ask", "show", "without", "use", "enable", "disable", "with",
	"has", "have", "is", "allow", "skip", "require", "need", "needs", NULL
};
const char *const secret_rules_about[] = {
	"file", "path", "dir", "url", "uri", "host", "port", "endpoint",
	"stdin", "fd", "sock", "prompt", "env", "name", "type", "format",
	"length", "len", "size", "limit", "count", "ttl", "expiry", "expires",
	"expiration", "timeout", "command", "cmd", "helper", "policy",
	"fingerprint", "algorithm", "algo", "alg", "method", "mode",
	"provider", "version", "enabled", "required", "scope", "scopes",
	"audience", "issuer", "realm", "test", "tests", "manager", NULL
};
const char *const secret_rules_values[] = {
	"on", "off", "true", "false", "yes", "no", "none", "null", "0", "1",
	"required", "optional", NULL
};
