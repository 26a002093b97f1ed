import config.lib.constraints
import config.lib.fields
import config.lib.migrations
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('campaigns', '0001_initial'),
        ('creators', '0001_initial'),
        ('team', '0001_initial'),
        ('team', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClickBasis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('time_zone', models.CharField(max_length=64)),
                ('brand', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.brand')),
            ],
        ),
        migrations.CreateModel(
            name='ClickDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day_on', models.DateField()),
                ('clicks', models.PositiveIntegerField()),
                ('unique_clicks', models.PositiveIntegerField()),
                ('previews', models.PositiveIntegerField(default=0)),
                ('prefetches', models.PositiveIntegerField(default=0)),
                ('bots', models.PositiveIntegerField(default=0)),
                ('own', models.PositiveIntegerField(default=0)),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.brand')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='campaigns.trackinglink')),
            ],
            options={
                'constraints': [config.lib.constraints.Agrees(fk='link', name='roll_up_is_of_its_links_brand', on='brand', violation_error_message='A roll-up and its link belong to the same brand.'), models.UniqueConstraint(fields=('link', 'day_on'), name='one_roll_up_per_link_and_day', violation_error_message='This day is already rolled up.'), models.CheckConstraint(condition=models.Q(('unique_clicks__lte', models.F('clicks'))), name='unique_clicks_are_clicks', violation_error_message='There cannot be more unique clicks than clicks.')],
            },
        ),
        migrations.CreateModel(
            name='CreditBasis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fingerprint', models.CharField(max_length=32)),
                ('policy', models.CharField(max_length=24)),
                ('computed_at', models.DateTimeField()),
                ('brand', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.brand')),
            ],
        ),
        migrations.CreateModel(
            name='CreditDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day_on', models.DateField()),
                ('orders', models.PositiveIntegerField()),
                ('code_orders', models.PositiveIntegerField()),
                ('link_orders', models.PositiveIntegerField()),
                ('new_customers', models.PositiveIntegerField()),
                ('unknown_customers', models.PositiveIntegerField()),
                ('gross', config.lib.fields.AmountField(decimal_places=3, max_digits=16)),
                ('net', config.lib.fields.AmountField(decimal_places=3, max_digits=16)),
                ('commission', config.lib.fields.AmountField(decimal_places=3, max_digits=16)),
                ('corroborated', models.PositiveIntegerField()),
                ('conflicts', models.PositiveIntegerField()),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.brand')),
                ('deal', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='credit_days', to='campaigns.deal')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('deal', 'day_on'), name='one_credit_roll_up_per_deal_and_day', violation_error_message='This day is already rolled up.')],
            },
        ),
        migrations.CreateModel(
            name='CreditSeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('time_zone', models.CharField(max_length=64)),
                ('sealed_at', models.DateTimeField()),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.brand')),
                ('deal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campaigns.deal')),
            ],
        ),
        migrations.CreateModel(
            name='DirtyDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day_on', models.DateField()),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.brand')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campaigns.trackinglink')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('link', 'day_on'), name='one_mark_per_link_and_day', violation_error_message='This day is already marked.')],
            },
        ),
        migrations.CreateModel(
            name='ExchangeRate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('currency', models.CharField(max_length=3)),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('rate', models.DecimalField(decimal_places=8, max_digits=18)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exchange_rates', to='team.brand')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('currency', '-starts_on'),
                'constraints': [models.UniqueConstraint(fields=('brand', 'currency', 'starts_on'), name='one_rate_per_currency_and_day', violation_error_message='There is already a rate of this currency from that day.'), models.CheckConstraint(condition=models.Q(('rate__gt', 0)), name='exchange_rate_is_positive', violation_error_message='A rate is above zero.'), models.CheckConstraint(condition=models.Q(('currency__regex', '^[A-Z]{3}$')), name='exchange_rate_currency_is_three_capitals', violation_error_message='Write the currency as three capitals, such as EUR.')],
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deals', models.PositiveIntegerField()),
                ('cost', config.lib.fields.AmountField(decimal_places=3, max_digits=16)),
                ('orders', models.PositiveIntegerField()),
                ('new_customers', models.PositiveIntegerField()),
                ('low', models.FloatField(blank=True, null=True)),
                ('mid', models.FloatField(blank=True, null=True)),
                ('high', models.FloatField(blank=True, null=True)),
                ('method', models.CharField(max_length=24)),
                ('target', config.lib.fields.AmountField(blank=True, decimal_places=3, max_digits=16, null=True)),
                ('made_at', models.DateTimeField()),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.brand')),
                ('creator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='creators.creator')),
            ],
            options={
                'indexes': [models.Index(fields=['brand', 'mid', 'creator'], name='outcome_by_cac')],
                'constraints': [models.UniqueConstraint(fields=('brand', 'creator'), name='one_outcome_per_brand_and_creator', violation_error_message='What this creator brought the brand is summed up already.'), models.CheckConstraint(condition=models.Q(('cost__gte', 0), models.Q(('mid__isnull', True), ('low__lte', models.F('mid')), _connector='OR')), name='outcome_bounds_rise', violation_error_message='The low end of a cost cannot be above its middle.')],
            },
        ),
        migrations.CreateModel(
            name='Shop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shops', to='team.brand')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('brand', 'name'), name='one_shop_per_brand_and_name', violation_error_message='This brand already has a shop of this name.')],
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('external_id', models.CharField(max_length=64)),
                ('name', models.CharField(blank=True, max_length=64)),
                ('kind', models.CharField(choices=[('sale', 'Sale'), ('trial', 'Trial'), ('demo', 'Demo'), ('sign_up', 'Sign-up')], default='sale', max_length=8)),
                ('ordered_at', models.DateTimeField()),
                ('status', models.CharField(blank=True, max_length=24)),
                ('not_counted', models.CharField(blank=True, choices=[('refunded', 'Refunded in full'), ('voided', 'Voided'), ('expired', 'Expired'), ('pending', 'Not paid yet'), ('authorized', 'Authorised, not paid yet'), ('no_status', 'No payment status'), ('unknown_status', 'Unknown payment status'), ('cancelled', 'Cancelled'), ('nothing_sold', 'Subtotal 0'), ('no_rate', 'No exchange rate')], max_length=16)),
                ('currency', models.CharField(max_length=3)),
                ('subtotal', config.lib.fields.AmountField(decimal_places=3, max_digits=16)),
                ('total', config.lib.fields.AmountField(decimal_places=3, max_digits=16)),
                ('discount', config.lib.fields.AmountField(decimal_places=3, default=0, max_digits=16)),
                ('refunded', config.lib.fields.AmountField(decimal_places=3, default=0, max_digits=16)),
                ('rate', models.DecimalField(blank=True, decimal_places=8, max_digits=18, null=True)),
                ('gross', config.lib.fields.AmountField(blank=True, decimal_places=3, max_digits=16, null=True)),
                ('net', config.lib.fields.AmountField(blank=True, decimal_places=3, max_digits=16, null=True)),
                ('customer', models.BinaryField(max_length=32)),
                ('is_first', models.BooleanField(default=False)),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=255), default=list, size=None)),
                ('utm', models.JSONField(default=dict)),
                ('country', models.CharField(blank=True, max_length=60)),
                ('facts', models.BinaryField(max_length=32)),
                ('imported_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='orders', to='team.brand')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='orders', to='results.shop')),
            ],
            options={
                'ordering': ('-ordered_at', '-pk'),
                'indexes': [models.Index(fields=['brand', 'ordered_at', 'id'], name='order_by_time'), models.Index(fields=['brand', 'customer', 'ordered_at'], name='order_by_customer'), models.Index(fields=['brand', 'name'], name='order_by_name'), models.Index(condition=models.Q(('not_counted', 'no_rate')), fields=['brand'], name='order_without_rate')],
                'constraints': [config.lib.constraints.Agrees(fk='shop', name='order_is_of_its_shops_brand', on='brand', violation_error_message='An order and its shop belong to the same brand.'), models.UniqueConstraint(fields=('shop', 'external_id'), name='one_order_per_shop_and_id', violation_error_message='This order is already here.'), models.CheckConstraint(condition=models.Q(('discount__gte', 0), ('refunded__gte', 0), ('subtotal__gte', 0), ('total__gte', 0)), name='order_amounts_are_not_negative', violation_error_message="An order's amounts may not be negative."), models.CheckConstraint(condition=models.Q(models.Q(('gross__isnull', True), ('net__isnull', True), ('not_counted__gt', ''), ('rate__isnull', True)), models.Q(('gross__gte', 0), ('gross__isnull', False), ('net__gte', 0), ('net__isnull', False), ('rate__gt', 0), ('rate__isnull', False)), _connector='OR'), name='order_without_rate_is_in_no_sum', violation_error_message='An order without an exchange rate cannot be counted.'), models.UniqueConstraint(condition=models.Q(('is_first', True), models.Q(('customer', b''), _negated=True)), fields=('brand', 'customer'), name='one_first_order_per_customer', violation_error_message='This customer already has a first order.'), models.CheckConstraint(condition=models.Q(('not_counted', ''), ('not_counted__in', ['refunded', 'voided', 'expired', 'pending', 'authorized', 'no_status', 'unknown_status', 'cancelled', 'nothing_sold', 'no_rate']), _connector='OR'), name='order_reason_is_known', violation_error_message='Choose one of the known reasons.'), models.CheckConstraint(condition=models.Q(('is_first', False), ('not_counted', ''), _connector='OR'), name='first_order_is_counted', violation_error_message="Only a counted order can be somebody's first.")],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('code', 'Discount code'), ('utm_id', 'Link id (utm_id)'), ('utm_content', 'Creator in utm_content'), ('utm', 'Other UTMs'), ('click_id', 'Click id (tclid)')], max_length=12)),
                ('value', models.CharField(max_length=200)),
                ('could_win', models.BooleanField(db_default=False, default=False)),
                ('won', models.BooleanField(default=False)),
                ('reason', models.CharField(max_length=200)),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.brand')),
                ('creator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='creators.creator')),
                ('deal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campaigns.deal')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='results.order')),
            ],
            options={
                'ordering': ('-won', 'kind', 'pk'),
                'indexes': [models.Index(django.db.models.functions.text.Upper('value'), name='evidence_by_value'), models.Index(condition=models.Q(('could_win', True), ('won', False)), fields=['order'], name='evidence_that_lost')],
                'constraints': [config.lib.constraints.Agrees(fk='order', name='evidence_is_of_its_orders_brand', on='brand', violation_error_message='Evidence and its order belong to the same brand.'), config.lib.constraints.Agrees(fk='deal', name='evidence_is_of_its_deals_brand', on='brand', violation_error_message='Evidence and its deal belong to the same brand.')],
            },
        ),
        migrations.CreateModel(
            name='Credit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(choices=[('code', 'Code'), ('link', 'Link on the order')], max_length=8)),
                ('policy', models.CharField(max_length=24)),
                ('commission', config.lib.fields.AmountField(decimal_places=3, default=0, max_digits=16)),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.brand')),
                ('deal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='credits', to='campaigns.deal')),
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='credit', to='results.order')),
            ],
            options={
                'constraints': [config.lib.constraints.Agrees(fk='order', name='credit_is_of_its_orders_brand', on='brand', violation_error_message='A credit and its order belong to the same brand.'), config.lib.constraints.Agrees(fk='deal', name='credit_is_of_its_deals_brand', on='brand', violation_error_message='A credit and its deal belong to the same brand.'), models.CheckConstraint(condition=models.Q(('rule__in', ['code', 'link'])), name='credit_rule_is_known', violation_error_message='Choose one of the known rules.'), models.CheckConstraint(condition=models.Q(('commission__gte', 0)), name='credit_commission_is_not_negative', violation_error_message='A commission may not be negative.')],
            },
        ),
        migrations.CreateModel(
            name='RawOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField(blank=True, null=True)),
                ('rows', models.JSONField()),
                ('stored_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.brand')),
                ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='team.job')),
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='raw', to='results.order')),
            ],
        ),
        migrations.CreateModel(
            name='StagedOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=64)),
                ('shop_id', models.CharField(blank=True, max_length=64)),
                ('name', models.CharField(blank=True, max_length=64)),
                ('ordered_at', models.DateTimeField(null=True)),
                ('status', models.CharField(blank=True, max_length=24)),
                ('not_counted', models.CharField(blank=True, max_length=16)),
                ('currency', models.CharField(blank=True, max_length=3)),
                ('subtotal', config.lib.fields.AmountField(decimal_places=3, max_digits=16, null=True)),
                ('total', config.lib.fields.AmountField(decimal_places=3, max_digits=16, null=True)),
                ('discount', config.lib.fields.AmountField(decimal_places=3, max_digits=16, null=True)),
                ('refunded', config.lib.fields.AmountField(decimal_places=3, max_digits=16, null=True)),
                ('customer', models.BinaryField(max_length=32, null=True)),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=255), null=True, size=None)),
                ('utm', models.JSONField(null=True)),
                ('country', models.CharField(blank=True, max_length=60)),
                ('facts', models.BinaryField(max_length=32, null=True)),
                ('problems', models.JSONField(default=list)),
                ('row_problems', models.JSONField(default=list)),
                ('rows', models.JSONField()),
                ('verdict', models.CharField(blank=True, choices=[('new', 'New'), ('updated', 'Changed'), ('unchanged', 'As it is here'), ('waiting', 'Waits for a rate'), ('bad', 'Cannot be taken in'), ('more', 'Further rows of an order')], max_length=9)),
                ('order_id', models.BigIntegerField(null=True)),
                ('brand', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.brand')),
                ('job', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.job')),
            ],
            options={
                'ordering': ('line',),
                'indexes': [models.Index(fields=['job', 'key', 'line'], name='staged_by_order')],
            },
        ),
        migrations.CreateModel(
            name='Click',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('clicked_at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('human', 'Person'), ('preview', 'Link preview'), ('prefetch', 'Prefetch'), ('bot', 'Robot'), ('self', 'Own team')], max_length=8)),
                ('visitor', models.BinaryField(max_length=16)),
                ('network', models.CharField(blank=True, max_length=45)),
                ('agent', models.CharField(blank=True, max_length=300)),
                ('referrer', models.CharField(blank=True, max_length=300)),
                ('is_qr', models.BooleanField(default=False)),
                ('brand', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.brand')),
                ('link', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='clicks', to='campaigns.trackinglink')),
            ],
            options={
                'ordering': ('-clicked_at', '-pk'),
                'indexes': [models.Index(fields=['link', 'clicked_at'], name='click_by_link'), models.Index(fields=['brand', '-clicked_at', '-id'], name='click_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['human', 'preview', 'prefetch', 'bot', 'self'])), name='click_class_is_known', violation_error_message="A click is a person's, a preview's, a prefetch, a robot's or our own.")],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='click',
            trigger=pgtrigger.compiler.Trigger(name='click_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5aa26b27076b8ed92811df3038efc954b986a2a2', operation='UPDATE OR DELETE', pgid='pgtrigger_click_stays_814d7', table='results_click', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='evidence_breaks_seal_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\nPERFORM pg_advisory_xact_lock_shared(7230041);\nDELETE FROM results_creditseal WHERE deal_id IN (SELECT c.deal_id FROM results_credit c JOIN old_rows r ON r.order_id = c.order_id UNION ALL SELECT c.deal_id FROM results_credit c JOIN new_rows r ON r.order_id = c.order_id);\nRETURN NULL;\n', hash='ef62bb5e20ba0151c6d1834b6d401a6b9e58f42b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_evidence_breaks_seal_update_d4723', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='results_evidence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='evidence_breaks_seal_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='\nPERFORM pg_advisory_xact_lock_shared(7230041);\nDELETE FROM results_creditseal WHERE deal_id IN (SELECT c.deal_id FROM results_credit c JOIN new_rows r ON r.order_id = c.order_id);\nRETURN NULL;\n', hash='3b194011b2b6d643c00c02a4cadbc5039754277d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_evidence_breaks_seal_insert_fbb21', referencing='REFERENCING NEW TABLE AS new_rows ', table='results_evidence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='evidence_breaks_seal_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='\nPERFORM pg_advisory_xact_lock_shared(7230041);\nDELETE FROM results_creditseal WHERE deal_id IN (SELECT c.deal_id FROM results_credit c JOIN old_rows r ON r.order_id = c.order_id);\nRETURN NULL;\n', hash='b3e1534191006700ed89c50a2b7434f585626007', level='STATEMENT', operation='DELETE', pgid='pgtrigger_evidence_breaks_seal_delete_0d4ed', referencing='REFERENCING OLD TABLE AS old_rows ', table='results_evidence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='credit',
            trigger=pgtrigger.compiler.Trigger(name='credit_breaks_seal_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\nPERFORM pg_advisory_xact_lock_shared(7230041);\nDELETE FROM results_creditseal WHERE deal_id IN (SELECT deal_id FROM old_rows UNION ALL SELECT deal_id FROM new_rows);\nRETURN NULL;\n', hash='909e893181aaa063f34fd6f1a6374d6bc3b302f3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_credit_breaks_seal_update_96831', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='results_credit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='credit',
            trigger=pgtrigger.compiler.Trigger(name='credit_breaks_seal_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='\nPERFORM pg_advisory_xact_lock_shared(7230041);\nDELETE FROM results_creditseal WHERE deal_id IN (SELECT deal_id FROM new_rows);\nRETURN NULL;\n', hash='c83dd69749aff2182ff4c145d422ecd521d59f89', level='STATEMENT', operation='INSERT', pgid='pgtrigger_credit_breaks_seal_insert_b84ef', referencing='REFERENCING NEW TABLE AS new_rows ', table='results_credit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='credit',
            trigger=pgtrigger.compiler.Trigger(name='credit_breaks_seal_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='\nPERFORM pg_advisory_xact_lock_shared(7230041);\nDELETE FROM results_creditseal WHERE deal_id IN (SELECT deal_id FROM old_rows);\nRETURN NULL;\n', hash='9047bd2f8ef5b30fe2241f78b67268d27e1a0e5f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_credit_breaks_seal_delete_e1a72', referencing='REFERENCING OLD TABLE AS old_rows ', table='results_credit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='order_breaks_seal_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\nPERFORM pg_advisory_xact_lock_shared(7230041);\nDELETE FROM results_creditseal WHERE deal_id IN (SELECT c.deal_id FROM results_credit c JOIN old_rows r ON r.id = c.order_id UNION ALL SELECT c.deal_id FROM results_credit c JOIN new_rows r ON r.id = c.order_id);\nRETURN NULL;\n', hash='675201ca2d4f765d3be76cf71a8fe6073827133d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_order_breaks_seal_update_533ad', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='results_order', when='AFTER')),
        ),
    ]
    operations = [config.lib.migrations.AtOnce(operations)]
